import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { KubernetesProvider } from "@cdktf/provider-kubernetes/lib/provider";
import { EKSClient } from "@aws-sdk/client-eks";
import { App, LocalBackend, TerraformStack } from "cdktf";
import { execFile } from "node:child_process";
import { copyFileSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { loadEnvironment } from "../../config";
import { EksCluster, type EksClusterProps, type EnvironmentIdentity, Key, Vpc } from "../../constructs";
import { renderStacks } from "../../rendering";
import type { ClusterHealth, SandboxStatus } from "../../sandbox";
import { adminConnection } from "../../sandbox/deploy/kubernetes/admin-connection";
import type { ApiConnection } from "../../sandbox/kubernetes/api-connection";
import { KubernetesApi } from "../../sandbox/kubernetes/api-client";
import type { KubernetesObject } from "../../sandbox/kubernetes/kubernetes-object";
import { providerOverrides } from "../../stacks/deployment-target";
import { Flightdeck, ROOT } from "./flightdeck";

/** Defines the cluster with its pools on what a cluster stands on. */
export type DefineCluster<Pools> = (
  stack: TerraformStack,
  base: Omit<EksClusterProps, "admins">,
) => Pools & { readonly cluster: EksCluster };

/** Defines what runs in the cluster, in a stack of its own. */
export type DefineWorkloads<Pools> = (stack: TerraformStack, pools: Pools & { readonly cluster: EksCluster }) => void;

const ENVIRONMENT = "atlas/dev";
const PROVIDER_VERSION = "5.100.0";
const FIELD_MANAGER = "proof";
const CLUSTER = "cluster";
const WORKLOADS = "workloads";

/**
 * A network and a cluster of the constructs, applied with the real AWS provider into a sandbox of the test's own. The cluster
 * is that of `atlas/dev` by name, account and region, so that every command takes it for that.
 */
export class SmallPlatform<Pools = object> {
  readonly flightdeck = new Flightdeck();
  readonly identity: EnvironmentIdentity;
  private readonly folder = join(this.flightdeck.directory, "stack");
  private readonly outdir = join(this.flightdeck.directory, "cdktf.out");
  private variables: NodeJS.ProcessEnv = {};
  private endpoint = "";
  private connection: KubernetesApi | undefined;
  private defineCluster: DefineCluster<Pools> | undefined;

  constructor() {
    const { project, stage, account, region } = loadEnvironment(ROOT, ENVIRONMENT);
    this.identity = { project, stage, account, region };
  }

  /** Name of the cluster. */
  get clusterName(): string {
    return `${this.identity.project}-${this.identity.stage}`;
  }

  /** Starts the sandbox. */
  async start(): Promise<void> {
    await this.succeed("sandbox", "up");
    this.variables = { ...(await this.flightdeck.sandboxVariables()), TF_IN_AUTOMATION: "1" };
    this.endpoint = await this.flightdeck.endpoint();
  }

  /** Applies the stack of the cluster with Terraform. */
  async apply(define: DefineCluster<Pools>): Promise<void> {
    const began = Date.now();
    const first = this.defineCluster === undefined;
    this.defineCluster = define;
    this.synthesize(() => undefined);
    mkdirSync(this.folder, { recursive: true });
    copyFileSync(this.stackFile(CLUSTER), join(this.folder, "cdk.tf.json"));
    if (first) await this.terraform("init", "-input=false", "-no-color");
    await this.terraform("apply", "-auto-approve", "-input=false", "-no-color");
    process.stdout.write(`terraform apply: ${((Date.now() - began) / 1000).toFixed(0)} s\n`);
  }

  /** Applies what runs in the cluster, server-side and strictly, in the order of its objects. */
  async run(define: DefineWorkloads<Pools>): Promise<void> {
    this.synthesize(define);
    const json = readFileSync(this.stackFile(WORKLOADS), "utf8");
    const { objects, problems } = await renderStacks([{ layer: WORKLOADS, id: WORKLOADS, json }]);
    expect(problems).toEqual([]);
    const api = await this.api();
    for (const { object } of objects) {
      await api.apply(object as KubernetesObject, { fieldManager: FIELD_MANAGER, force: true });
    }
  }

  /** The sandbox's account of the cluster, nodes and pods counted anew. */
  async cluster(): Promise<ClusterHealth> {
    const { output } = await this.flightdeck.run("sandbox", "status", "--json");
    const status = JSON.parse(output) as SandboxStatus;
    const found = status.running ? status.health.clusters.find(({ name }) => name === this.clusterName) : undefined;
    if (found === undefined) throw new Error(`the sandbox has no cluster ${this.clusterName}:\n${output}`);
    return found;
  }

  /** The API server as its administrator. */
  async api(): Promise<KubernetesApi> {
    this.connection ??= new KubernetesApi(await this.administrator());
    return this.connection;
  }

  /** How its administrator reaches the API server. */
  async administrator(): Promise<ApiConnection> {
    return adminConnection((await this.cluster()).adminKubeconfig ?? "");
  }

  /** EKS, asked as whoever deploys. */
  eks(): EKSClient {
    const { account, region } = this.identity;
    const credentials = { accessKeyId: `FD-${account}-test`, secretAccessKey: "sandbox" };
    return new EKSClient({ endpoint: this.endpoint, region, credentials });
  }

  /** Ends the sandbox and removes everything it wrote. */
  async dispose(): Promise<void> {
    this.connection?.close();
    await this.flightdeck.dispose();
  }

  private synthesize(defineWorkloads: DefineWorkloads<Pools>): void {
    const app = new App({ outdir: this.outdir, stackTraces: false });
    const stack = this.stackWithProvider(app);
    const pools = this.defineCluster?.(stack, this.base(stack));
    if (pools === undefined) throw new Error("there is no cluster yet: call apply first");
    const workloads = new TerraformStack(app, WORKLOADS);
    new KubernetesProvider(workloads, "Kubernetes");
    defineWorkloads(workloads, pools);
    app.synth();
  }

  private stackWithProvider(app: App): TerraformStack {
    const { account, region } = this.identity;
    const stack = new TerraformStack(app, CLUSTER);
    const sandbox = providerOverrides({ kind: "sandbox", endpoint: this.endpoint }, account, "proof-cluster");
    new AwsProvider(stack, "Aws", { region, allowedAccountIds: [account], ...sandbox });
    stack.addOverride("terraform.required_providers.aws.version", PROVIDER_VERSION);
    new LocalBackend(stack, { path: "terraform.tfstate" });
    return stack;
  }

  /** The least that a cluster stands on. */
  private base(stack: TerraformStack): Omit<EksClusterProps, "admins"> {
    const { identity } = this;
    const zones = [`${identity.region}a`, `${identity.region}b`];
    const vpc = new Vpc(stack, "Vpc", { identity, cidrBlock: "10.20.0.0/20", zones, flowLogs: "none" });
    const encryptionKey = new Key(stack, "Key", { identity, purpose: "cluster", deletionProtection: false });
    encryptionKey.allowCloudWatchLogs(EksCluster.logGroupArn(identity));
    return { identity, version: "1.36", vpc, encryptionKey, deletionProtection: false };
  }

  private stackFile(stack: string): string {
    return join(this.outdir, "stacks", stack, "cdk.tf.json");
  }

  /** @throws Error with what Terraform said, when it fails */
  private async terraform(...args: string[]): Promise<void> {
    await promisify(execFile)("terraform", args, { cwd: this.folder, env: this.variables, maxBuffer: 2 ** 26 });
  }

  private async succeed(...args: string[]): Promise<void> {
    const { exitCode, output } = await this.flightdeck.run(...args);
    if (exitCode !== 0) throw new Error(`flightdeck ${args.join(" ")} ended with ${exitCode}:\n${output}`);
  }
}
