/** A rule of one field that the API model does not carry, only its documentation. */
export interface FieldRule {
  readonly pattern: RegExp;
  /** The rule in words, for the message. */
  readonly says: string;
  /**
   * Greatest length of the text or list.
   * @default - not limited here
   */
  readonly max?: number;
}

const ANYTHING = /^/;

const ROLE_ARN: FieldRule = {
  pattern: /^arn:aws[a-z-]*:iam::\d{12}:role\/[\x21-\x7e]{1,512}$/,
  says: "Member must be the ARN of an IAM role",
};
const PRINCIPAL_ARN: FieldRule = {
  pattern: /^arn:aws[a-z-]*:(iam::\d{12}:(root|(role|user)\/[\x21-\x7e]{1,512})|sts::\d{12}:[\x21-\x7e]+)$/,
  says: "Member must be the ARN of an IAM role or user",
};
const SUBNET_ID: FieldRule = { pattern: /^subnet-[0-9a-f]{8,17}$/, says: "Member must be a subnet id" };
const SECURITY_GROUP_ID: FieldRule = { pattern: /^sg-[0-9a-f]{8,17}$/, says: "Member must be a security group id" };
const KEY_ARN: FieldRule = {
  pattern: /^arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:(key|alias)\/[\w/-]+$/,
  says: "Member must be the ARN of a KMS key",
};
const CIDR: FieldRule = {
  pattern: /^(\d{1,3}(\.\d{1,3}){3}\/\d{1,2}|[0-9a-fA-F:]+\/\d{1,3})$/,
  says: "Member must be an address range in CIDR notation",
};
const KUBERNETES_NAME: FieldRule = {
  pattern: /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/,
  says: "Member must be a Kubernetes name: lower-case letters, digits, '-' and '.'",
};
const NAMESPACE_NAME: FieldRule = {
  pattern: /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/,
  says: "Member must be a Kubernetes namespace: at most 63 lower-case letters, digits and '-'",
};
const LABEL_KEY: FieldRule = {
  pattern: /^([a-z0-9]([a-z0-9.-]*[a-z0-9])?\/)?[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?$/,
  says: "Member must be a Kubernetes label key",
};
const LABEL_VALUE: FieldRule = {
  pattern: /^([A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?)?$/,
  says: "Member must be a Kubernetes label value",
};
const TAG_KEY: FieldRule = { pattern: /^(?!aws:)/i, says: "Member must not begin with 'aws:'" };
const atMost = (max: number): FieldRule => ({ pattern: ANYTHING, says: "", max });

/**
 * Rules by operation (or `*`) and path of the field; `[]` stands for the items of a list, `.key` and `.value` for those
 * of a map. Source: the Amazon EKS API reference and user guide, as of 2026-11: names, quotas (50 taints, 50 labels, 40
 * public access ranges, 20 instance types of a node group), Kubernetes' own rules for labels and names.
 */
const RULES: Readonly<Record<string, FieldRule>> = {
  "CreateCluster roleArn": ROLE_ARN,
  "CreateNodegroup nodegroupName": {
    pattern: /^[0-9A-Za-z][A-Za-z0-9_-]{0,62}$/,
    says: "Member must have 1 to 63 letters, digits, '-' and '_' and begin with a letter or digit",
  },
  "CreateNodegroup nodeRole": ROLE_ARN,
  "CreateNodegroup subnets[]": SUBNET_ID,
  "CreateNodegroup instanceTypes": atMost(20),
  "CreateNodegroup labels": atMost(50),
  "CreateNodegroup taints": atMost(50),
  "CreateNodegroup labels.key": LABEL_KEY,
  "CreateNodegroup labels.value": LABEL_VALUE,
  "CreateNodegroup taints[].key": LABEL_KEY,
  "CreateNodegroup taints[].value": LABEL_VALUE,
  "CreateNodegroup launchTemplate.id": { pattern: /^lt-[0-9a-f]{8,17}$/, says: "Member must be a launch template id" },
  "UpdateNodegroupConfig labels.addOrUpdateLabels.key": LABEL_KEY,
  "UpdateNodegroupConfig labels.addOrUpdateLabels.value": LABEL_VALUE,
  "UpdateNodegroupConfig taints.addOrUpdateTaints[].key": LABEL_KEY,
  "UpdateNodegroupConfig taints.addOrUpdateTaints[].value": LABEL_VALUE,
  "CreateAccessEntry principalArn": PRINCIPAL_ARN,
  "CreatePodIdentityAssociation namespace": NAMESPACE_NAME,
  "CreatePodIdentityAssociation serviceAccount": { ...KUBERNETES_NAME, max: 253 },
  "CreatePodIdentityAssociation roleArn": ROLE_ARN,
  "CreatePodIdentityAssociation targetRoleArn": ROLE_ARN,
  "UpdatePodIdentityAssociation roleArn": ROLE_ARN,
  "CreateAddon podIdentityAssociations[].roleArn": ROLE_ARN,
  "UpdateAddon podIdentityAssociations[].roleArn": ROLE_ARN,
  "CreateAddon serviceAccountRoleArn": ROLE_ARN,
  "AssociateAccessPolicy accessScope.namespaces[]": {
    pattern: /^[a-z0-9*]([a-z0-9*-]{0,61}[a-z0-9*])?$/,
    says: "Member must be a Kubernetes namespace, '*' standing for any characters",
  },
  "AssociateIdentityProviderConfig oidc.issuerUrl": {
    pattern: /^https:\/\/[^\s?#]+$/,
    says: "Member must begin with https:// and hold neither query nor fragment",
  },
  "* resourcesVpcConfig.subnetIds[]": SUBNET_ID,
  "* resourcesVpcConfig.securityGroupIds[]": SECURITY_GROUP_ID,
  "* resourcesVpcConfig.securityGroupIds": atMost(5),
  "* resourcesVpcConfig.publicAccessCidrs[]": CIDR,
  "* resourcesVpcConfig.publicAccessCidrs": atMost(40),
  "* encryptionConfig[].provider.keyArn": KEY_ARN,
  "* encryptionConfig[].resources[]": { pattern: /^secrets$/, says: "Member must satisfy enum value set: [secrets]" },
  "* tags.key": TAG_KEY,
};

/** @returns the rules of a field of an operation */
export function fieldRules(operation: string, path: string): FieldRule[] {
  const plain = path.replace(/^\./, "");
  return [RULES[`${operation} ${plain}`], RULES[`* ${plain}`]].filter((rule) => rule !== undefined);
}
