import { EksAccessEntry } from "@cdktf/provider-aws/lib/eks-access-entry";
import { EksAccessPolicyAssociation } from "@cdktf/provider-aws/lib/eks-access-policy-association";
import { UpdateAccessEntryCommand } from "@aws-sdk/client-eks";
import { execFile } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { EksCluster } from "../../constructs";
import { KubernetesApiError } from "../../sandbox/kubernetes/api-error";
import { KubernetesApi } from "../../sandbox/kubernetes/api-client";
import { findExecutable } from "../../toolchain/find-executable";
import { readTokenKubeconfig, tokenConnection } from "../support/kubeconfig";
import { type DefineCluster, SmallPlatform } from "../support/small-platform";
import { until } from "../support/until";

jest.setTimeout(120_000);

const role = (name: string) => `arn:aws:iam::111111111111:role/${name}`;
const ADMIN = role("platform-admin");
const VIEWER = role("developer");
const EDITOR = role("data-scientist");
/** Has no place in a list of the construct's: an access entry of his own, for every namespace that fits a pattern. */
const TEAM_EDITOR = role("teams/team-lead");
/** Has groups and no policy. */
const AUDITOR = role("auditor");
const STRANGER = role("stranger");

const NAMESPACES = ["training", "team-a", "team-b", "team"];
const POLICY = "arn:aws:eks::aws:cluster-access-policy";

const platform = new SmallPlatform();
const clients: KubernetesApi[] = [];

beforeAll(async () => {
  await platform.start();
  await platform.apply(cluster({ admins: [ADMIN], viewers: [VIEWER] }));
  const admin = await as(ADMIN);
  for (const name of NAMESPACES) await admin.create({ apiVersion: "v1", kind: "Namespace", metadata: { name } });
  await admin.create({
    ...{ apiVersion: "rbac.authorization.k8s.io/v1", kind: "ClusterRole", metadata: { name: "auditing" } },
    rules: [{ apiGroups: [""], resources: ["nodes"], verbs: ["list"] }],
  });
  await admin.create({
    ...{ apiVersion: "rbac.authorization.k8s.io/v1", kind: "ClusterRoleBinding", metadata: { name: "auditing" } },
    roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: "auditing" },
    subjects: [{ apiGroup: "rbac.authorization.k8s.io", kind: "Group", name: "auditors" }],
  });
}, 300_000);
afterAll(async () => {
  clients.forEach((client) => client.close());
  await platform.dispose();
}, 60_000);

describe("an admin", () => {
  test("may do everything, in every namespace", async () => {
    const admin = await as(ADMIN);
    expect(await answers(admin, { list: "secrets", in: "kube-system" })).toBe("allowed");
    expect(await answers(admin, { list: "nodes" })).toBe("allowed");
    expect(await answers(admin, { create: "team" })).toBe("allowed");
  });

  test("is whoever deploys, too", async () => {
    expect(await answers(await as(undefined), { list: "secrets", in: "kube-system" })).toBe("allowed");
  });
});

test("a viewer may look at what is in namespaces, but not at secrets or nodes, and may change nothing", async () => {
  const viewer = await as(VIEWER);
  expect(await answers(viewer, { list: "pods" })).toBe("allowed");
  expect(await answers(viewer, { list: "configmaps", in: "training" })).toBe("allowed");
  expect(await answers(viewer, { list: "secrets", in: "training" })).toBe("forbidden");
  expect(await answers(viewer, { list: "nodes" })).toBe("forbidden");
  expect(await answers(viewer, { create: "training" })).toBe("forbidden");
});

test("an editor may change what is in his namespaces, and see nothing of others", async () => {
  const editor = await as(EDITOR);
  expect(await answers(editor, { create: "training" })).toBe("allowed");
  expect(await answers(editor, { list: "secrets", in: "training" })).toBe("allowed");
  expect(await answers(editor, { list: "roles.rbac.authorization.k8s.io", in: "training" })).toBe("forbidden");
  expect(await answers(editor, { create: "team-a" })).toBe("forbidden");
  expect(await answers(editor, { list: "pods" })).toBe("forbidden");
  expect(await answers(editor, { list: "nodes" })).toBe("forbidden");
});

test("an editor of a pattern of namespaces may change what is in those that fit it", async () => {
  const editor = await as(TEAM_EDITOR);
  expect(await answers(editor, { create: "team-a" })).toBe("allowed");
  expect(await answers(editor, { create: "team-b" })).toBe("allowed");
  expect(await answers(editor, { create: "team" })).toBe("forbidden");
  expect(await answers(editor, { create: "training" })).toBe("forbidden");
});

test("an entry with groups alone has the rights that roles of Kubernetes give these groups", async () => {
  const auditor = await as(AUDITOR);
  expect(await answers(auditor, { list: "nodes" })).toBe("allowed");
  expect(await answers(auditor, { list: "pods" })).toBe("forbidden");
});

test("a role without an entry is nobody to the API server", async () => {
  expect(await answers(await as(STRANGER), { list: "pods" })).toBe("unauthorized");
});

test("a token for another cluster is worth nothing", async () => {
  const elsewhere = (args: readonly string[]) => args.map((arg) => (arg === platform.clusterName ? "other" : arg));
  expect(await answers(await as(ADMIN, elsewhere), { list: "pods" })).toBe("unauthorized");
});

const kubectl = findExecutable("kubectl", process.env);

// Nothing else here needs it.
const KUBECTL = "kubectl gets the same answers with the printed kubeconfig";
(kubectl === undefined ? test.skip : test)(
  kubectl === undefined ? `${KUBECTL}: there is no kubectl here` : KUBECTL,
  async () => {
    const ask = async (principal: string, ...args: string[]) => {
      const file = join(platform.flightdeck.directory, "kubeconfig.yaml");
      writeFileSync(file, await kubeconfig(principal));
      return promisify(execFile)(kubectl ?? "", ["--kubeconfig", file, ...args]).then(
        ({ stdout }) => stdout.trim(),
        ({ stdout, stderr }: { readonly stdout: string; readonly stderr: string }) => `${stdout}${stderr}`.trim(),
      );
    };
    expect(await ask(ADMIN, "get", "nodes", "--output", "name")).toMatch(/^node\/ip-10-20-/);
    expect(await ask(VIEWER, "auth", "can-i", "list", "pods", "--namespace", "training")).toBe("yes");
    expect(await ask(VIEWER, "auth", "can-i", "delete", "pods", "--namespace", "training")).toMatch(/^no\b/);
    expect(await ask(VIEWER, "get", "secrets", "--namespace", "training")).toContain("Forbidden");
    expect(await ask(STRANGER, "get", "pods")).toMatch(/must be logged in|Unauthorized/);
  },
);

describe("an access entry that is changed", () => {
  test("through EKS changes the answer: another group", async () => {
    const { clusterName } = platform;
    const kubernetesGroups = ["readers"];
    await platform.eks().send(new UpdateAccessEntryCommand({ clusterName, principalArn: AUDITOR, kubernetesGroups }));
    await untilAnswers(AUDITOR, { list: "nodes" }, "forbidden");
  });

  test("through the provider changes the answer: other rights, and none at all", async () => {
    await platform.apply(cluster({ admins: [ADMIN, VIEWER], viewers: [] }));
    await untilAnswers(VIEWER, { list: "secrets", in: "training" }, "allowed");
    await platform.apply(cluster({ admins: [ADMIN], viewers: [] }));
    await untilAnswers(VIEWER, { list: "pods" }, "unauthorized");
    expect(await answers(await as(ADMIN), { list: "pods" })).toBe("allowed");
  });
});

function cluster(lists: {
  readonly admins: readonly string[];
  readonly viewers: readonly string[];
}): DefineCluster<object> {
  return (stack, base) => {
    const editors = [{ principalArn: EDITOR, namespaces: ["training"] }];
    const made = new EksCluster(stack, "Cluster", { ...base, ...lists, editors });
    made.addNodePool("SystemPool", { poolName: "system", instanceTypes: ["m7i.large"], minSize: 1, maxSize: 1 });
    const { clusterName } = made;
    const entry = new EksAccessEntry(stack, "TeamEditor", { clusterName, principalArn: TEAM_EDITOR });
    new EksAccessPolicyAssociation(stack, "TeamEditorPolicy", {
      ...{ clusterName, principalArn: entry.principalArn, policyArn: `${POLICY}/AmazonEKSEditPolicy` },
      accessScope: { type: "namespace", namespaces: ["team-*"] },
    });
    // What EKS is told in the meantime is not taken back.
    const lifecycle = { ignoreChanges: ["kubernetes_groups"] };
    const kubernetesGroups = ["auditors"];
    new EksAccessEntry(stack, "Auditor", { clusterName, principalArn: AUDITOR, kubernetesGroups, lifecycle });
    return { cluster: made };
  };
}

/** What somebody tries: to list a resource, in one namespace or in all, or to create something in a namespace. */
type Attempt = { readonly list: string; readonly in?: string } | { readonly create: string };

type Answer = "allowed" | "forbidden" | "unauthorized";

const STATUS: Readonly<Record<number, Answer>> = { 401: "unauthorized", 403: "forbidden" };

async function answers(client: KubernetesApi, attempt: Attempt): Promise<Answer> {
  const [method, path, body] = requestOf(attempt);
  try {
    await client.request(method, path, body);
    return "allowed";
  } catch (error) {
    const answer = error instanceof KubernetesApiError ? STATUS[error.status] : undefined;
    if (answer === undefined) throw error;
    return answer;
  }
}

function requestOf(attempt: Attempt): [method: string, path: string, body?: unknown] {
  if ("create" in attempt) {
    const body = { apiVersion: "v1", kind: "ConfigMap", metadata: { generateName: "made-" } };
    return ["POST", `/api/v1/namespaces/${attempt.create}/configmaps`, body];
  }
  const [resource = "", ...group] = attempt.list.split(".");
  const api = group.length === 0 ? "/api/v1" : `/apis/${group.join(".")}/v1`;
  const namespace = attempt.in === undefined ? "" : `/namespaces/${attempt.in}`;
  return ["GET", `${api}${namespace}/${resource}`];
}

/** The API server remembers for some seconds what it was told of a token and its rights. */
async function untilAnswers(principal: string, attempt: Attempt, wanted: Answer): Promise<void> {
  const client = await as(principal);
  await until(`the answer is ${wanted}`, async () => ((await answers(client, attempt)) === wanted ? true : undefined));
}

/** The API server, as somebody whose token is made by `aws eks get-token`; whoever deploys, without a role. */
async function as(
  principal: string | undefined,
  change?: (args: readonly string[]) => readonly string[],
): Promise<KubernetesApi> {
  const client = new KubernetesApi(await tokenConnection(readTokenKubeconfig(await kubeconfig(principal)), change));
  clients.push(client);
  return client;
}

async function kubeconfig(principal: string | undefined): Promise<string> {
  const args = principal === undefined ? [] : ["--role", principal];
  const { exitCode, output } = await platform.flightdeck.run("sandbox", "kubeconfig", "atlas/dev", ...args);
  if (exitCode !== 0) throw new Error(output);
  return output;
}
