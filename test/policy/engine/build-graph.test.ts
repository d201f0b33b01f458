import { buildGraph } from "../../../policy/engine/build-graph";
import { KubernetesObject } from "../../../policy/engine/subject";
import { Unresolved } from "../../../policy/engine/unresolved";
import { Value } from "../../../policy/engine/value";
import { addresses, graphOf, resourceAt } from "./graph-of";

const s3 = (key: string): object => ({ backend: { s3: { bucket: "state", key, region: "us-east-1" } } });
const remote = (key: string): object => ({
  terraform_remote_state: { other: { backend: "s3", config: { bucket: "state", key, region: "us-east-1" } } },
});

/** Addresses that an expression in the stack `a` refers to. */
function targetsOf(expression: string, stacks: Readonly<Record<string, object>>): readonly string[] {
  const { a, ...others } = stacks;
  const output = { ...(a as { output?: object }).output, asked: { value: expression } };
  const graph = graphOf({ a: { ...a, output }, ...others });
  const value = graph.stacks[0]?.outputs.asked as Value;
  return graph.targets(value).map(({ stack, address }) => (stack === "a" ? address : `${stack}: ${address}`));
}

describe("lookups", () => {
  const graph = graphOf({
    a: { resource: { aws_s3_bucket: { x: {}, y: {} }, aws_kms_key: { k: {} } }, data: { aws_vpc: { v: {} } } },
    b: { resource: { aws_s3_bucket: { z: {} } } },
  });

  test("managed resources by type, in the order in which they are asked for", () => {
    expect(addresses(graph.resources)).toHaveLength(4);
    expect(addresses(graph.resourcesOf("aws_s3_bucket"))).toEqual([
      "aws_s3_bucket.x",
      "aws_s3_bucket.y",
      "aws_s3_bucket.z",
    ]);
    expect(addresses(graph.resourcesOf("aws_kms_key", "aws_s3_bucket", "aws_kms_key"))).toHaveLength(4);
    expect(graph.resourcesOf("aws_vpc")).toEqual([]);
    expect(addresses(graph.dataOf("aws_vpc"))).toEqual(["data.aws_vpc.v"]);
  });

  test("objects by kind, whatever their version", () => {
    const object = (apiVersion: string, kind: string): KubernetesObject =>
      new KubernetesObject({ stack: "a", address: "x" }, { apiVersion, kind });
    const objects = [object("apps/v1", "Deployment"), object("v1", "Pod"), object("extensions/v1beta1", "Deployment")];
    const graph = buildGraph({ stacks: [], objects, changes: [] });
    expect(graph.objectsOf("Deployment").map(({ apiVersion }) => apiVersion)).toEqual([
      "apps/v1",
      "extensions/v1beta1",
    ]);
    expect(graph.objectsOf("Pod", "Deployment")).toHaveLength(3);
  });
});

describe("what a value refers to", () => {
  const a = {
    resource: {
      aws_kms_key: { k: { description: "n" }, l: { count: 2 } },
      aws_s3_bucket: { b: { bucket: "models" } },
      aws_s3_bucket_versioning: { v: { bucket: "${aws_s3_bucket.b.id}" } },
      aws_iam_role: { r: { name: "${aws_s3_bucket.b.bucket}-role" } },
      aws_eks_cluster: { c: { vpc_config: [{ subnet_ids: ["${aws_subnet.s.id}", "${data.aws_vpc.v.id}"] }] } },
      aws_subnet: { s: {} },
    },
    data: { aws_vpc: { v: {} } },
  };

  test.each([
    ["${aws_kms_key.k.arn}", ["aws_kms_key.k"]],
    ["${data.aws_vpc.v.id}", ["data.aws_vpc.v"]],
    ["x-${aws_kms_key.k.arn}-${aws_s3_bucket.b.id}-${aws_kms_key.k.id}", ["aws_kms_key.k", "aws_s3_bucket.b"]],
    ["${[aws_kms_key.k.arn, var.x, aws_gone.x.arn]}", ["aws_kms_key.k"]],
    ["${aws_kms_key.l[0].arn}", ["aws_kms_key.l"]],
    ["${aws_kms_key.l[*].arn}", ["aws_kms_key.l"]],
    ["${aws_s3_bucket_versioning.v.bucket}", ["aws_s3_bucket_versioning.v", "aws_s3_bucket.b"]],
    ["${aws_s3_bucket_versioning.v.id}", ["aws_s3_bucket_versioning.v", "aws_s3_bucket.b"]],
    ["${aws_iam_role.r.name}", ["aws_iam_role.r"]],
    ["${aws_eks_cluster.c.vpc_config[0].subnet_ids}", ["aws_eks_cluster.c", "aws_subnet.s", "data.aws_vpc.v"]],
    ["${aws_eks_cluster.c.vpc_config[0].subnet_ids[1]}", ["aws_eks_cluster.c", "data.aws_vpc.v"]],
    ["${aws_eks_cluster.c.vpc_config[0].cluster_security_group_id}", ["aws_eks_cluster.c"]],
    ["plain", []],
    ["${var.x}", []],
    ["${module.m.aws_kms_key}", []],
  ])("%s", (expression, expected) => {
    expect(targetsOf(expression, { a })).toEqual(expected);
  });

  test("everything in a block is followed", () => {
    const graph = graphOf({ a });
    const cluster = resourceAt(graph, "aws_eks_cluster.c");
    expect(addresses(graph.targets(cluster.at("vpc_config")))).toEqual(["aws_subnet.s", "data.aws_vpc.v"]);
  });

  test("instances and modules of a plan are found by their addresses", () => {
    const graph = graphOf({ a: { resource: { aws_kms_key: { k: {} } } } });
    const [key] = graph.resources;
    const at = (address: string) => Object.assign(Object.create(Object.getPrototypeOf(key)), key, { address });
    const all = ["module.m[0].aws_kms_key.k[0]", "module.m[0].aws_kms_key.k[1]", 'aws_kms_key.n["x.y"]'].map(at);
    const planned = buildGraph({ stacks: [{ ...graph.stacks[0]!, resources: all }], objects: [], changes: [] });
    const targets = (reference: string) => addresses(planned.targets(new Value("a", "", new Unresolved([reference]))));
    expect(targets("module.m[0].aws_kms_key.k[1].arn")).toEqual(["module.m[0].aws_kms_key.k[1]"]);
    expect(targets("module.m.aws_kms_key.k.arn")).toHaveLength(2);
    expect(targets('aws_kms_key.n["x.y"].arn')).toEqual(['aws_kms_key.n["x.y"]']);
  });
});

describe("across stacks", () => {
  const reading = "${data.terraform_remote_state.other.outputs.key}";
  const key = { resource: { aws_kms_key: { k: {} } } };

  test.each([
    ["s3", { bucket: "state", key: "b", region: "us-east-1" }, { bucket: "state", key: "b", encrypt: true }],
    ["local", { path: "/x/b.tfstate" }, { path: "/x/b.tfstate" }],
    ["remote", { organization: "o", workspaces: { name: "b" } }, { organization: "o", workspaces: [{ name: "b" }] }],
    ["gcs", { bucket: "state", prefix: "b" }, { bucket: "state", prefix: "b" }],
    ["http", { address: "https://state/b" }, { address: "https://state/b" }],
  ])("outputs are followed through a state in %s", (type, config, backend) => {
    const b = {
      ...key,
      terraform: { backend: { [type]: backend } },
      output: { key: { value: "${aws_kms_key.k.arn}" } },
    };
    const a = { data: { terraform_remote_state: { other: { backend: type, config } } } };
    expect(targetsOf(reading, { a, b })).toEqual(["b: aws_kms_key.k"]);
    expect(targetsOf('${data.terraform_remote_state.other.outputs["key"]}', { a, b })).toEqual(["b: aws_kms_key.k"]);
  });

  test("a workspace of Terraform's cloud is a remote state", () => {
    const cloud = { organization: "o", workspaces: { name: "b" } };
    const b = { ...key, terraform: { cloud }, output: { key: { value: "${aws_kms_key.k.arn}" } } };
    const a = { data: { terraform_remote_state: { other: { backend: "remote", config: cloud } } } };
    expect(targetsOf(reading, { a, b })).toEqual(["b: aws_kms_key.k"]);
  });

  test("through several stacks, and into lists and maps", () => {
    const b = {
      data: remote("c"),
      terraform: s3("b"),
      output: { key: { value: { list: ["x", "${data.terraform_remote_state.other.outputs.key}"] } } },
    };
    const c = { ...key, terraform: s3("c"), output: { key: { value: "${aws_kms_key.k.arn}" } } };
    expect(
      targetsOf("${data.terraform_remote_state.other.outputs.key.list[1]}", { a: { data: remote("b") }, b, c }),
    ).toEqual(["c: aws_kms_key.k"]);
  });

  test.each([
    ["the other stack is not there", {}],
    ["its state lies elsewhere", { b: { terraform: s3("x"), output: { key: { value: "1" } } } }],
    ["it has no such output", { b: { terraform: s3("b"), output: { other: { value: "1" } } } }],
  ])("the data source itself is meant where %s", (_what, others) => {
    expect(targetsOf(reading, { a: { data: remote("b") }, ...others })).toEqual(["data.terraform_remote_state.other"]);
  });

  test("outputs in a circle end, lead nowhere and are named", () => {
    const graph = graphOf({
      a: {
        data: remote("b"),
        terraform: s3("a"),
        output: { x: { value: "${data.terraform_remote_state.other.outputs.y}" } },
      },
      b: {
        data: remote("a"),
        terraform: s3("b"),
        output: { y: { value: "${data.terraform_remote_state.other.outputs.x}" } },
      },
    });
    expect(graph.targets(graph.stacks[0]?.outputs.x as Value)).toEqual([]);
    expect(graph.problems).toEqual([
      "outputs are made of each other in a circle, so nothing is known of them: `a: x`, `b: y`",
    ]);
  });
});

describe("what belongs to a resource", () => {
  /** Names of the versionings of the bucket `b`. */
  function versionings(
    args: Readonly<Record<string, object>>,
    rest: object = {},
    bucket: object = { bucket: "models" },
  ) {
    const graph = graphOf({
      a: {
        resource: {
          aws_s3_bucket: { b: bucket, c: {} },
          aws_s3_bucket_versioning: args,
          aws_s3_bucket_policy: { p: { bucket: "${aws_s3_bucket.b.id}" } },
        },
        ...rest,
      },
    });
    const linked = graph.linked(resourceAt(graph, "aws_s3_bucket.b"), "aws_s3_bucket_versioning", "bucket");
    return { names: linked.map(({ name }) => name), open: graph.mayBeLinked("aws_s3_bucket_versioning", "bucket") };
  }

  test.each([
    ["the id", "${aws_s3_bucket.b.id}"],
    ["an instance", "${aws_s3_bucket.b[0].id}"],
    ["a function over it", "${coalesce(aws_s3_bucket.b.id, var.x)}"],
    ["a condition", "${var.x ? aws_s3_bucket.b.id : aws_s3_bucket.c.id}"],
    ["what belongs to it", "${aws_s3_bucket_policy.p.bucket}"],
    ["its ARN", "arn:aws:s3:::${aws_s3_bucket.b.id}"],
    ["objects in it", "${aws_s3_bucket.b.arn}/*"],
    ["the same name", "models"],
    ["the ARN with that name", "arn:aws:s3:::models"],
    ["a local with the name", "${local.name}"],
    ["a data source that reads it by name", "${data.aws_s3_bucket.read.arn}"],
    ["a data source that reads it by reference", "${data.aws_s3_bucket.other.arn}"],
  ])("%s links", (_what, bucket) => {
    const rest = {
      locals: { name: "models" },
      data: { aws_s3_bucket: { read: { bucket: "models" }, other: { bucket: "${aws_s3_bucket.b.id}" } } },
    };
    expect(versionings({ v: { bucket } }, rest)).toEqual({ names: ["v"], open: false });
  });

  test.each([
    ["another bucket", "${aws_s3_bucket.c.id}", false],
    ["another name", "datasets", false],
    ["a name made of its name", "${aws_s3_bucket.b.bucket}-logs", false],
    ["a name made of its id, which is not known", "${aws_s3_bucket.b.id}-logs", true],
    ["an attribute that only describes", "${aws_s3_bucket.b.region}", true],
    ["a variable", "${var.bucket}", true],
    ["an output of a module", "${module.store.bucket}", true],
    ["a resource that is not here", "${aws_s3_bucket.gone.id}", true],
    ["an element of something unknown", "${each.value}", true],
  ])("%s does not link", (_what, bucket, open) => {
    expect(versionings({ v: { bucket } })).toEqual({ names: [], open });
  });

  test("a name put together of a known one links to the bucket of that name", () => {
    const graph = graphOf({
      a: {
        resource: {
          aws_s3_bucket: { b: { bucket: "models" }, logs: { bucket: "models-logs" } },
          aws_s3_bucket_versioning: { v: { bucket: "${aws_s3_bucket.b.bucket}-logs" } },
        },
      },
    });
    const linked = graph.linked(resourceAt(graph, "aws_s3_bucket.logs"), "aws_s3_bucket_versioning", "bucket");
    expect(addresses(linked)).toEqual(["aws_s3_bucket_versioning.v"]);
  });

  test("elements of lists and arguments of blocks link, and each once", () => {
    const graph = graphOf({
      a: {
        resource: {
          aws_security_group: { g: {} },
          aws_instance: { i: { vpc_security_group_ids: ["${aws_security_group.g.id}", "${aws_security_group.g.id}"] } },
          aws_eks_cluster: { c: { vpc_config: { security_group_ids: ["${aws_security_group.g.id}"] } } },
        },
      },
    });
    const group = resourceAt(graph, "aws_security_group.g");
    expect(addresses(graph.linked(group, "aws_instance", "vpc_security_group_ids"))).toEqual(["aws_instance.i"]);
    expect(addresses(graph.linked(group, "aws_eks_cluster", "vpc_config.security_group_ids"))).toEqual([
      "aws_eks_cluster.c",
    ]);
  });

  test("each.value links to what for_each runs over", () => {
    const v = { for_each: "${aws_s3_bucket.b}", bucket: "${each.value.id}" };
    expect(versionings({ v })).toEqual({ names: ["v"], open: false });
  });

  test("a name means the resource of the same stack, and one elsewhere only when the stack has none", () => {
    const cluster = { aws_eks_cluster: { c: { name: "main" } } };
    const group = { aws_eks_node_group: { g: { cluster_name: "main" } } };
    const graph = graphOf({
      dev: { resource: { ...cluster, ...group } },
      prod: { resource: cluster },
      more: { resource: group },
    });
    const linkedTo = (stack: string) =>
      graph
        .linked(resourceAt(graph, "aws_eks_cluster.c", stack), "aws_eks_node_group", "cluster_name")
        .map((one) => one.stack);
    expect(linkedTo("dev")).toEqual(["dev", "more"]);
    expect(linkedTo("prod")).toEqual(["more"]);
  });

  test("names come through outputs too", () => {
    const graph = graphOf({
      a: {
        data: remote("b"),
        resource: { aws_s3_bucket_versioning: { v: { bucket: "${data.terraform_remote_state.other.outputs.name}" } } },
      },
      b: {
        terraform: s3("b"),
        output: { name: { value: "models" } },
        resource: { aws_s3_bucket: { b: { bucket: "models" } } },
      },
    });
    expect(addresses(graph.linked(resourceAt(graph, "aws_s3_bucket.b"), "aws_s3_bucket_versioning", "bucket"))).toEqual(
      ["aws_s3_bucket_versioning.v"],
    );
    expect(graph.mayBeLinked("aws_s3_bucket_versioning", "bucket")).toBe(false);
  });

  test("a text that nobody can read links to nothing", () => {
    expect(versionings({ v: { bucket: "${a b}" } })).toEqual({ names: [], open: true });
  });
});

test("referrers are those of all types and stacks, in any argument, not in depends_on, and never the resource itself", () => {
  const graph = graphOf({
    a: {
      terraform: s3("a"),
      output: { key: { value: "${aws_kms_key.k.arn}" } },
      resource: {
        aws_kms_key: { k: { tags: { a: 1 } } },
        aws_s3_bucket: {
          b: { x: [{ y: "${aws_kms_key.k.arn}", z: "${aws_kms_key.k.id}" }] },
          c: { depends_on: ["aws_kms_key.k"] },
        },
      },
      data: { aws_iam_policy_document: { d: { statement: { resources: ["${aws_kms_key.k.arn}"] } } } },
    },
    b: {
      data: { terraform_remote_state: { other: { backend: "s3", config: { bucket: "state", key: "a" } } } },
      resource: { aws_db_instance: { d: { kms_key_id: "${data.terraform_remote_state.other.outputs.key}" } } },
    },
  });
  expect(
    graph.referrers(resourceAt(graph, "aws_kms_key.k")).map(({ stack, address }) => `${stack} ${address}`),
  ).toEqual(["a aws_s3_bucket.b", "a data.aws_iam_policy_document.d", "b aws_db_instance.d"]);
  expect(graph.referrers(resourceAt(graph, "aws_db_instance.d"))).toEqual([]);
});
