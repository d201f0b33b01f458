import type { AccessParts, CallerIdentity } from "../../../sandbox/access/access-parts";
import type { AccessEntrySnapshot, ClusterSnapshot } from "../../../sandbox/eks/snapshot";
import { NOW } from "./tokens";

export const ACCOUNT = "111111111111";
export const PLACE = { account: ACCOUNT, region: "eu-west-1", name: "atlas-dev" };
export const policyArn = (name: string): string => `arn:aws:eks::aws:cluster-access-policy/${name}`;

/** An access entry of a role, with what a test changes. */
export function entry(given: Partial<AccessEntrySnapshot> = {}): AccessEntrySnapshot {
  return {
    principalArn: `arn:aws:iam::${ACCOUNT}:role/viewer`,
    type: "STANDARD",
    username: `arn:aws:sts::${ACCOUNT}:assumed-role/viewer/{{SessionName}}`,
    kubernetesGroups: [],
    policies: [],
    ...given,
  };
}

/** A cluster with these entries. */
export function cluster(
  accessEntries: readonly AccessEntrySnapshot[],
  given: Partial<ClusterSnapshot> = {},
): ClusterSnapshot {
  return {
    ...PLACE,
    arn: `arn:aws:eks:eu-west-1:${ACCOUNT}:cluster/atlas-dev`,
    status: "ACTIVE",
    version: "1.36",
    endpoint: "https://127.0.0.1:6443",
    issuer: "",
    vpcId: "vpc-1",
    authenticationMode: "API",
    nodeGroups: [],
    addons: [],
    podIdentityAssociations: [],
    accessEntries,
    ...given,
  } as ClusterSnapshot;
}

/** The owner of the access key `ASIAVIEWER`. */
export const VIEWER: CallerIdentity = {
  arn: `arn:aws:sts::${ACCOUNT}:assumed-role/viewer/ada@example.com`,
  account: ACCOUNT,
  secretKey: "secret",
  sessionToken: "session",
};

/** What makes a token of that key. */
export const VIEWER_TOKEN = { accessKey: "ASIAVIEWER", secretKey: "secret", sessionToken: "session" };

/** Parts in which two keys have an owner: the viewer's and the deployer's. */
export function accessParts(clusters: readonly ClusterSnapshot[], given: Partial<AccessParts> = {}): AccessParts {
  const deployer = { arn: `arn:aws:sts::${ACCOUNT}:user/moto`, account: ACCOUNT, secretKey: "sandbox" };
  return {
    snapshot: () => ({ clusters }),
    callerIdentity: ({ accessKey }) =>
      Promise.resolve(accessKey === "ASIAVIEWER" ? VIEWER : accessKey.startsWith("FD-") ? deployer : undefined),
    now: () => NOW,
    ...given,
  };
}
