import type { EksBackend } from "../../../sandbox/eks/contract";
import { Gateway, type GatewayOptions } from "../../../sandbox/gateway/gateway";
import { SandboxClient } from "../../../sandbox/lifecycle/sandbox-client";
import { FakeMoto } from "../fake-moto";

/** An EKS that creates clusters, each with a security group, and lists them. */
export function fakeEks(): EksBackend & { clusters: string[] } {
  const clusters: string[] = [];
  return {
    clusters,
    operation: ({ method, path }) => {
      if (path !== "/clusters") return undefined;
      return method === "POST" ? { name: "CreateCluster", mutates: true } : { name: "ListClusters", mutates: false };
    },
    effects: async (_request, aws) => (await aws.call("ec2", "CreateSecurityGroup", { GroupName: "eks" })).body,
    apply: ({ method, body }, { seq, effects }) => {
      if (method === "POST") clusters.push(`${(body as { name: string }).name}:${seq}:${String(effects)}`);
      return { status: 200, body: { clusters: [...clusters] } };
    },
    snapshot: () => ({ clusters: [] }),
    reset: () => void clusters.splice(0),
  };
}

/** A gateway in this process before a fake moto. */
export interface TestGateway {
  readonly gateway: Gateway;
  readonly moto: FakeMoto;
  readonly eks: ReturnType<typeof fakeEks>;
  readonly client: SandboxClient;
  readonly log: string[];
}

/** Starts one; `close` all of them after the test. */
export async function startTestGateway(directory: string, given: Partial<GatewayOptions> = {}): Promise<TestGateway> {
  const moto = new FakeMoto();
  const eks = fakeEks();
  const log: string[] = [];
  const gateway = await Gateway.start({ directory, moto, eks, log: (line) => log.push(line), ...given });
  return { gateway, moto, eks, log, client: new SandboxClient(gateway.endpoint) };
}
