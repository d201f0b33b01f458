import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { DataAwsIamPolicyDocument } from "@cdktf/provider-aws/lib/data-aws-iam-policy-document";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { S3BucketVersioningA } from "@cdktf/provider-aws/lib/s3-bucket-versioning";
import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { App, Fn, S3Backend, TerraformIterator, TerraformLocal, TerraformStack, TerraformVariable } from "cdktf";
import { withSourceLocations } from "../../../constructs/core/source-locations";
import { buildGraph } from "../../../policy/engine/build-graph";
import type { Graph } from "../../../policy/engine/graph";
import { readPolicy } from "../../../policy/engine/policy-document";
import { readTerraformJson } from "../../../policy/inputs/terraform-json";

const ROOT = resolve(__dirname, "../../..");

function testStack(app: App, id: string): TerraformStack {
  const stack = new TerraformStack(app, id);
  new S3Backend(stack, { bucket: "state", key: `${id}.tfstate`, region: "us-east-1" });
  new AwsProvider(stack, "Aws", { region: "us-east-1" });
  return stack;
}

/** Two stacks as CDKTF writes them, with what it offers for expressions. */
function define(app: App): void {
  const data = testStack(app, "data");
  const key = new KmsKey(data, "Key", { enableKeyRotation: true });
  const name = new TerraformVariable(data, "name", { type: "string", default: "models" });
  const prefix = new TerraformLocal(data, "prefix", `atlas-${name.stringValue}`);
  const bucket = new S3Bucket(data, "Bucket", { bucket: `${prefix.asString}-prod` });
  new S3BucketVersioningA(data, "Versioning", {
    bucket: bucket.id,
    versioningConfiguration: { status: "Enabled" },
  });
  const ports = TerraformIterator.fromList([80, 443].map(String));
  new SecurityGroup(data, "Group", {
    name: "g",
    ingress: ports.dynamic({
      from_port: ports.value,
      to_port: ports.value,
      protocol: "tcp",
      security_groups: [key.arn],
    }),
  });

  const cluster = testStack(app, "cluster");
  const trust = new DataAwsIamPolicyDocument(cluster, "Trust", {
    statement: [{ actions: ["sts:AssumeRole"], principals: [{ type: "Service", identifiers: ["ec2.amazonaws.com"] }] }],
  });
  const role = new IamRole(cluster, "Role", { assumeRolePolicy: trust.json });
  const statement = { Effect: "Allow", Action: "s3:GetObject", Resource: Fn.join("/", [bucket.arn, "*"]) };
  new IamRolePolicy(cluster, "Text", { role: role.name, policy: JSON.stringify({ Statement: statement }) });
  new IamRolePolicy(cluster, "Encoded", { role: role.name, policy: Fn.jsonencode({ Statement: [statement] }) });
}

let graph: Graph;

beforeAll(() => {
  const outdir = mkdtempSync(join(tmpdir(), "policy-inputs-"));
  try {
    const app = new App({ outdir });
    withSourceLocations(() => define(app));
    app.synth();
    const stacks = readdirSync(join(outdir, "stacks")).map((stack) => {
      const text = readFileSync(join(outdir, "stacks", stack, "cdk.tf.json"), "utf8");
      return readTerraformJson(text, { stack, root: ROOT });
    });
    graph = buildGraph({ stacks, objects: [], changes: [] });
  } finally {
    rmSync(outdir, { recursive: true });
  }
});

test("everything is read and judged", () => {
  expect(graph.stacks.map(({ id, unjudged }) => [id, unjudged])).toEqual([
    ["cluster", []],
    ["data", []],
  ]);
  expect(graph.problems).toEqual([]);
});

test("resources carry their construct path and where they were defined", () => {
  const [bucket] = graph.resourcesOf("aws_s3_bucket");
  expect(bucket).toMatchObject({ stack: "data", address: "aws_s3_bucket.Bucket", path: "data/Bucket" });
  expect(bucket?.trace?.[0]).toMatchObject({ file: "test/policy/inputs/synthesised-stacks.test.ts" });
});

test("variables and locals come out as the text that Terraform will make of them", () => {
  expect(graph.resourcesOf("aws_s3_bucket")[0]?.at("bucket").literal).toBe("atlas-models-prod");
});

test("what belongs to a bucket is found", () => {
  const [bucket] = graph.resourcesOf("aws_s3_bucket");
  expect(graph.linked(bucket!, "aws_s3_bucket_versioning", "bucket")).toHaveLength(1);
});

test("blocks of an iterator are unresolved, with what they refer to", () => {
  const [group] = graph.resourcesOf("aws_security_group");
  const ingress = group!.at("ingress");
  expect(ingress.unknown).toBe(true);
  expect(graph.targets(ingress).map(({ address }) => address)).toEqual(["aws_kms_key.Key"]);
});

test.each(["Text", "Encoded"])("the policy %s reads a bucket of another stack", (name) => {
  const policy = graph
    .resourcesOf("aws_iam_role_policy")
    .find((one) => one.name === name)!
    .at("policy");
  const document = readPolicy(policy, graph);
  expect(document).toMatchObject({ complete: true, statements: [{ effect: "Allow", actions: ["s3:GetObject"] }] });
  expect(document?.statements[0]?.resources).toEqual([
    expect.stringMatching(/^\$\{data\.terraform_remote_state\..*\}\/\*$/),
  ]);
  expect(graph.targets(policy).map(({ stack, address }) => `${stack} ${address}`)).toEqual([
    "data aws_s3_bucket.Bucket",
  ]);
});

test("a trust policy comes from its data source", () => {
  const [role] = graph.resourcesOf("aws_iam_role");
  expect(readPolicy(role!.at("assume_role_policy"), graph)?.statements).toMatchObject([
    { principals: [{ type: "Service", ids: ["ec2.amazonaws.com"] }] },
  ]);
});
