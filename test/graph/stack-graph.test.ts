import type { StackJson } from "../../graph";
import { readStackGraph, toDot, toSvg } from "../../graph";

const stacks = new Map<string, StackJson>([
  [
    "atlas-dev-network",
    {
      terraform: { backend: { s3: { key: "atlas/dev/network.tfstate" } } },
      resource: { aws_vpc: { Vpc: {} }, aws_subnet: { A: {}, B: {} }, aws_eip: { Nat: {} } },
      output: {
        vpc: { value: "${aws_vpc.Vpc.id}" },
        a: { value: "${aws_subnet.A.id}" },
        b: { value: "${aws_subnet.B.id}" },
        unread: { value: "${aws_eip.Nat.id}" },
      },
    },
  ],
  [
    "atlas-dev-cluster",
    {
      terraform: { backend: { s3: { key: "atlas/dev/cluster.tfstate" } } },
      resource: {
        aws_eks_cluster: {
          Cluster: {
            vpc: "${data.terraform_remote_state.network.outputs.vpc}",
            subnets: [
              "${data.terraform_remote_state.network.outputs.a}",
              "${data.terraform_remote_state.network.outputs.b}",
              "${data.terraform_remote_state.network.outputs.a}",
            ],
          },
        },
      },
      data: {
        terraform_remote_state: {
          network: { config: { key: "atlas/dev/network.tfstate" } },
          elsewhere: { config: { key: "other/dev/network.tfstate" } },
        },
      },
    },
  ],
]);

test("resources are counted by type, most numerous first", () => {
  expect(readStackGraph(stacks).stacks).toEqual([
    {
      id: "atlas-dev-network",
      resources: [
        { type: "aws_subnet", count: 2 },
        { type: "aws_eip", count: 1 },
        { type: "aws_vpc", count: 1 },
      ],
    },
    { id: "atlas-dev-cluster", resources: [{ type: "aws_eks_cluster", count: 1 }] },
  ]);
});

test("an arrow names what one stack reads from another, each value once, and nothing that is not read", () => {
  expect(readStackGraph(stacks).edges).toEqual([
    {
      from: "atlas-dev-network",
      to: "atlas-dev-cluster",
      values: [
        { type: "aws_subnet", count: 2 },
        { type: "aws_vpc", count: 1 },
      ],
    },
  ]);
});

test("a stack without resources and references is a card by itself", () => {
  expect(readStackGraph(new Map([["empty", {}]]))).toEqual({ stacks: [{ id: "empty", resources: [] }], edges: [] });
});

test("cards are titled with what tells the stacks apart", () => {
  const dot = toDot(readStackGraph(stacks), "atlas/dev");
  expect([...dot.matchAll(/<b>(.*?)<\/b>/g)].map((match) => match[1])).toEqual(["network", "cluster"]);
});

test("text that is markup elsewhere stays text", () => {
  const dot = toDot({ stacks: [{ id: 'a"<b>&', resources: [] }], edges: [] }, 'of "x"');
  expect(dot).toContain('digraph "of \\"x\\"" {');
  expect(dot).toContain("<b>a&quot;&lt;b&gt;&amp;</b>");
});

test("the drawing says what it shows and is the same twice", async () => {
  const dot = toDot(readStackGraph(stacks), "atlas/dev");
  const svg = await toSvg(dot, 'stacks of "atlas"');
  expect(svg).toMatch(/^<svg role="img" aria-label="stacks of &quot;atlas&quot;" /);
  expect(
    [...svg.matchAll(/<text [^>]*>([^<]*)<\/text>/g)].map((match) => match[1]?.replaceAll(" ", " ").trim()),
  ).toEqual([
    "network",
    "4 resources",
    "aws_subnet",
    "2",
    "aws_eip",
    "1",
    "aws_vpc",
    "1",
    "cluster",
    "1 resource",
    "aws_eks_cluster",
    "1",
    "aws_subnet ×2",
    "aws_vpc",
  ]);
  expect(await toSvg(dot, 'stacks of "atlas"')).toBe(svg);
});
