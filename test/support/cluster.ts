import type { TerraformStack } from "cdktf";
import { EksCluster, type EksClusterProps } from "../../constructs/cluster/eks-cluster";
import type { ClusterAttributes, ICluster } from "../../constructs/cluster/cluster";
import type { NodePoolOptions } from "../../constructs/cluster/node-pool";
import { type IKey, Key } from "../../constructs/encryption/key";
import { type IVpc, Vpc } from "../../constructs/network/vpc";
import { IDENTITY } from "./fixtures";

export const ADMIN = "arn:aws:iam::111111111111:role/platform-admin";
export const KEY_ARN = "arn:aws:kms:eu-central-1:111111111111:key/11111111-2222-3333-4444-555555555555";
export const ZONES = ["eu-central-1a", "eu-central-1b"];

/** A pool that CoreDNS can run on. */
export const SYSTEM_POOL: NodePoolOptions = {
  poolName: "system",
  instanceTypes: ["m7i.large"],
  minSize: 1,
  maxSize: 3,
};

/** A network with a private subnet in each zone: `subnet-a`, `subnet-b`, … */
export function importedVpc(stack: TerraformStack, zones: readonly string[] = ZONES): IVpc {
  const subnetIds = (kind: string) => zones.map((zone) => `subnet-${kind}${zone.slice(-1)}`);
  return Vpc.fromVpcAttributes(stack, "Vpc", {
    vpcId: "vpc-1",
    cidrBlock: "10.20.0.0/16",
    zones,
    privateSubnetIds: subnetIds(""),
    publicSubnetIds: subnetIds("public-"),
  });
}

export function importedKey(stack: TerraformStack, id = "Key"): IKey {
  return Key.fromKeyAttributes(stack, id, { keyArn: KEY_ARN });
}

/** The least a cluster can be made of. */
export function minimalClusterProps(stack: TerraformStack): EksClusterProps {
  return {
    identity: IDENTITY,
    version: "1.36",
    vpc: importedVpc(stack),
    encryptionKey: importedKey(stack),
    admins: [ADMIN],
  };
}

/** A cluster defined elsewhere, for tests of what is put into one. */
export function importedCluster(
  stack: TerraformStack,
  attributes: Pick<ClusterAttributes, "cniUsesNodeRole" | "imageCaches"> = {},
): ICluster {
  return EksCluster.fromClusterAttributes(stack, "Cluster", {
    identity: IDENTITY,
    clusterName: "atlas-dev",
    clusterArn: "arn:aws:eks:eu-central-1:111111111111:cluster/atlas-dev",
    version: "1.36",
    endpoint: "https://0123.gr7.eu-central-1.eks.amazonaws.com",
    certificateAuthorityData: "LS0tLS1CRUdJTg==",
    clusterSecurityGroupId: "sg-1",
    vpc: importedVpc(stack),
    ...attributes,
  });
}
