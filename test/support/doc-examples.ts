import { transformSync } from "@swc/core";
import type { TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import {
  EksCluster,
  type EksClusterProps,
  type EnvironmentIdentity,
  type IVpc,
  Key,
  ObjectStore,
  PodRole,
  Vpc,
} from "../../constructs";
import { ADMIN, SYSTEM_POOL } from "./cluster";
import { IDENTITY } from "./fixtures";
import { kubernetesStack } from "./kubernetes";
import { ROOT } from "./platform";
import { testStack } from "./synth";

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

/** The page that defines the providers that all others are given. */
export const PROVIDERS_PAGE = "kubernetes-providers";

/** A stack for the example of a page. */
export function exampleStack(page: string): TerraformStack {
  return page === PROVIDERS_PAGE ? testStack() : kubernetesStack();
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

type Given = Readonly<Record<keyof typeof GIVEN_NAMES, unknown>>;

/**
 * What the given names stand for, each defined when an example first asks for it.
 *
 * @param project of the identity: two pages in one stack need two, or both would own one cluster
 */
export function defineGivenNames(parent: Construct, project: string = IDENTITY.project): Given {
  const scope = new Construct(parent, "Given");
  const identity = { ...IDENTITY, project };
  const vpc = once(() => defineVpc(scope));
  const encryptionKey = once(() => new Key(scope, "Key", { identity, purpose: "given" }));
  const cluster = once(() => defineCluster(scope, { identity, vpc: vpc(), encryptionKey: encryptionKey() }));
  const role = once(() => defineRole(scope, identity, cluster().clusterName));
  const store = once(
    () =>
      new ObjectStore(scope, "Store", {
        ...{ identity, storeName: "logs", noncurrentRetentionDays: 30 },
        encryptionKey: encryptionKey(),
      }),
  );
  return {
    ...{ scope, identity },
    get vpc() {
      return vpc();
    },
    get encryptionKey() {
      return encryptionKey();
    },
    get cluster() {
      return cluster();
    },
    get role() {
      return role();
    },
    get store() {
      return store();
    },
  };
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}

function defineVpc(scope: Construct): IVpc {
  const zones = ["eu-central-1a", "eu-central-1b", "eu-central-1c"];
  return Vpc.fromVpcAttributes(scope, "Vpc", {
    vpcId: "vpc-0123456789abcdef0",
    cidrBlock: "10.20.0.0/16",
    zones,
    privateSubnetIds: zones.map((zone) => `subnet-private-${zone.slice(-1)}`),
    publicSubnetIds: zones.map((zone) => `subnet-public-${zone.slice(-1)}`),
  });
}

function defineCluster(
  scope: Construct,
  props: Pick<EksClusterProps, "identity" | "vpc" | "encryptionKey">,
): EksCluster {
  const cluster = new EksCluster(scope, "Cluster", { ...props, version: "1.36", admins: [ADMIN] });
  cluster.addNodePool("SystemPool", SYSTEM_POOL);
  return cluster;
}

function defineRole(scope: Construct, identity: EnvironmentIdentity, clusterName: string): PodRole {
  const pods = { name: "given", namespace: "given", serviceAccount: "given" };
  return new PodRole(scope, "Role", { identity, clusterName, ...pods });
}

/** Runs an example; what it defines is put below `scope`. */
export function runExample(example: string, given: Given, scope: Construct): void {
  const { code } = transformSync(example, {
    jsc: { parser: { syntax: "typescript" }, target: "es2022" },
    module: { type: "commonjs" },
  });
  const used = Object.keys(GIVEN_NAMES).filter((name) => new RegExp(`\\b${name}\\b`).test(example));
  const names = Object.fromEntries(used.map((name) => [name, name === "scope" ? scope : given[name as keyof Given]]));
  const load = (name: string): unknown =>
    jest.requireActual(name.startsWith(".") ? join(ROOT, "docs/constructs", name) : name);
  new Function("require", "exports", ...Object.keys(names), code)(load, {}, ...Object.values(names));
}
