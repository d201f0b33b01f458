import { clusterOfStack } from "../../../../sandbox/deploy/kubernetes/cluster-of-stack";
import { remoteStateKeys, resolveReference } from "../../../../sandbox/deploy/kubernetes/resolve-reference";

const KNOWN = {
  own: {
    outputs: {},
    resources: [
      {
        mode: "managed",
        type: "aws_iam_role",
        name: "R",
        instances: [{ attributes: { arn: "arn:r", tags: { a: "b" }, list: [{ x: 1 }] } }],
      },
      { mode: "data", type: "aws_region", name: "D", instances: [{ attributes: { id: "eu-central-1" } }] },
      { mode: "managed", type: "aws_vpc", name: "V", instances: [] },
    ],
  },
  remote: new Map([["cluster-state", { outputs: { "out-put_x": { value: { name: "c" } } }, resources: [] }]]),
};

test.each([
  ["data.terraform_remote_state.cluster-state.outputs.out-put_x", { name: "c" }],
  ['data.terraform_remote_state.cluster-state.outputs["out-put_x"].name', "c"],
  ["data.terraform_remote_state.cluster-state.outputs.none", undefined],
  ["data.terraform_remote_state.none.outputs.x", undefined],
  ["aws_iam_role.R.arn", "arn:r"],
  ['aws_iam_role.R.tags["a"]', "b"],
  ["aws_iam_role.R.list[0].x", 1],
  ["aws_iam_role.R.list.0.x", 1],
  ["aws_iam_role.R.arn.deeper", undefined],
  ["data.aws_region.D.id", "eu-central-1"],
  ["aws_vpc.V.id", undefined],
  ["aws_iam_role.R", undefined],
  ["upper(aws_iam_role.R.arn)", undefined],
])("%s", (expression, value) => {
  expect(resolveReference(expression, KNOWN)).toEqual(value);
});

test("the states that a stack reads are found by their data sources", () => {
  const sources = { cluster: { config: { key: "x/dev/cluster.tfstate" } }, odd: { config: {} } };
  expect([...remoteStateKeys({ data: { terraform_remote_state: sources } })]).toEqual([
    ["cluster", "x/dev/cluster.tfstate"],
  ]);
  expect(remoteStateKeys({}).size).toBe(0);
});

test.each([
  [{ kubernetes: [{ exec: [{ args: ["eks", "--cluster-name", "c", "--region", "r"] }] }] }, { name: "c", region: "r" }],
  [
    { helm: [{ kubernetes: { exec: { args: ["--cluster-name", "${x}", "--region", "r"] } } }] },
    { name: "value", region: "r" },
  ],
  [{ kubernetes: [{}] }, undefined],
  [{}, undefined],
])("the cluster of a stack with the providers %j", (provider, cluster) => {
  expect(clusterOfStack({ provider }, (template) => template.replace("${x}", "value"))).toEqual(cluster);
});
