import { transformSync } from "@swc/core";
import type { TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { EksCluster, Key, ObjectStore, PodRole, Vpc } from "../../constructs";
import { ADMIN, SYSTEM_POOL } from "./cluster";
import { IDENTITY } from "./fixtures";
import { ROOT } from "./platform";

/** A page of `docs/constructs` and its example. */
export interface DocPage {
  /** Name of the file without its ending, such as `gpu-node-pool`. */
  readonly name: string;
  readonly text: string;
  /** TypeScript of the first fenced block; "" when there is none. */
  readonly example: string;
}

/** Every page about a construct. */
export function docPages(): DocPage[] {
  const folder = join(ROOT, "docs/constructs");
  const files = readdirSync(folder).filter((file) => file.endsWith(".md") && file !== "README.md");
  return files.map((file) => {
    const text = readFileSync(join(folder, file), "utf8");
    return { name: file.replace(/\.md$/, ""), text, example: /```ts\n([^]*?)```/.exec(text)?.[1] ?? "" };
  });
}

/** The names an example may use without defining them, and their types. */
export const GIVEN_NAMES = {
  scope: "import('constructs').Construct",
  identity: "import('../../constructs').EnvironmentIdentity",
  vpc: "import('../../constructs').IVpc",
  encryptionKey: "import('../../constructs').IKey",
  cluster: "import('../../constructs').EksCluster",
  role: "import('../../constructs').PodRole",
  store: "import('../../constructs').IObjectStore",
} as const;

/** What the given names stand for, defined once in a stack. */
export function defineGivenNames(stack: TerraformStack): Readonly<Record<keyof typeof GIVEN_NAMES, unknown>> {
  const scope = new Construct(stack, "Given");
  const identity = IDENTITY;
  const zones = ["eu-central-1a", "eu-central-1b", "eu-central-1c"];
  const vpc = Vpc.fromVpcAttributes(scope, "Vpc", {
    vpcId: "vpc-0123456789abcdef0",
    cidrBlock: "10.20.0.0/16",
    zones,
    privateSubnetIds: zones.map((zone) => `subnet-private-${zone.slice(-1)}`),
    publicSubnetIds: zones.map((zone) => `subnet-public-${zone.slice(-1)}`),
  });
  const encryptionKey = new Key(scope, "Key", { identity, purpose: "given" });
  const cluster = new EksCluster(scope, "Cluster", { identity, version: "1.36", vpc, encryptionKey, admins: [ADMIN] });
  cluster.addNodePool("SystemPool", SYSTEM_POOL);
  const role = new PodRole(scope, "Role", {
    identity,
    clusterName: cluster.clusterName,
    name: "given",
    namespace: "given",
    serviceAccount: "given",
  });
  const store = new ObjectStore(scope, "Store", {
    identity,
    storeName: "logs",
    encryptionKey,
    noncurrentRetentionDays: 30,
  });
  return { scope, identity, vpc, encryptionKey, cluster, role, store };
}

/** Runs an example; what it defines is put below `scope`. */
export function runExample(
  example: string,
  given: Readonly<Record<keyof typeof GIVEN_NAMES, unknown>>,
  scope: Construct,
): void {
  const { code } = transformSync(example, {
    jsc: { parser: { syntax: "typescript" }, target: "es2022" },
    module: { type: "commonjs" },
  });
  const names = { ...given, scope };
  const load = (name: string): unknown =>
    jest.requireActual(name.startsWith(".") ? join(ROOT, "docs/constructs", name) : name);
  new Function("require", "exports", ...Object.keys(names), code)(load, {}, ...Object.values(names));
}
