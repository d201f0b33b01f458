import { CdktfOutput } from "../../../sandbox/deploy/cdktf-output";
import { readRecording } from "./recorded-output";

const TWO = ["x-dev-network", "x-dev-data"];
const THREE = [...TWO, "x-dev-cluster"];

test("a first deploy is read into its events, stack by stack", () => {
  const { events } = readRecording("first-deploy", TWO);
  expect(events).toEqual([
    { type: "initializing", stack: "x-dev-data" },
    { type: "initializing", stack: "x-dev-network" },
    { type: "planning", stack: "x-dev-network" },
    { type: "planned", stack: "x-dev-network", add: 1, change: 0, destroy: 0 },
    { type: "resource", stack: "x-dev-network", address: "aws_vpc.Vpc", action: "create", phase: "started" },
    {
      type: "resource",
      stack: "x-dev-network",
      address: "aws_vpc.Vpc",
      action: "create",
      phase: "done",
      elapsed: "0s",
    },
    { type: "applied", stack: "x-dev-network", add: 1, change: 0, destroy: 0 },
    { type: "planning", stack: "x-dev-data" },
    ...["started", "done"].map((phase) => ({
      type: "resource",
      stack: "x-dev-data",
      address: "data.terraform_remote_state.cross-stack-reference-input-x-dev-network",
      action: "read",
      phase,
      ...(phase === "done" && { elapsed: "0s" }),
    })),
    { type: "planned", stack: "x-dev-data", add: 2, change: 0, destroy: 0 },
    { type: "resource", stack: "x-dev-data", address: "aws_s3_bucket.Bk", action: "create", phase: "started" },
    { type: "resource", stack: "x-dev-data", address: "aws_subnet.S", action: "create", phase: "started" },
    { type: "resource", stack: "x-dev-data", address: "aws_subnet.S", action: "create", phase: "done", elapsed: "0s" },
    {
      type: "resource",
      stack: "x-dev-data",
      address: "aws_s3_bucket.Bk",
      action: "create",
      phase: "done",
      elapsed: "0s",
    },
    { type: "applied", stack: "x-dev-data", add: 2, change: 0, destroy: 0 },
  ]);
});

test.each([1, 7, 100_000])("the size of the pieces does not matter: %i characters", (size) => {
  expect(readRecording("subnet-refused", THREE, size).events).toEqual(readRecording("subnet-refused", THREE).events);
});

test("stacks that run at the same time are kept apart, and every error is whole", () => {
  const { events } = readRecording("subnet-refused", THREE);
  expect(events.filter(({ type }) => type === "error")).toEqual([
    {
      type: "error",
      stack: "x-dev-data",
      text: [
        "Error: creating EC2 Subnet: operation error EC2: CreateSubnet, https response error StatusCode: 400, RequestID: rmF2ryxL7pFONfNbIxBzLT2TSuhxDSZBTsant8PnZRzzVVxRINxb, api error InvalidSubnet.Range: The CIDR '192.168.1.0/24' is invalid.",
        "",
        "  with aws_subnet.S (S),",
        "  on cdk.tf.json line 86, in resource.aws_subnet.S (S):",
        "  86:       },",
      ].join("\n"),
    },
    {
      type: "error",
      stack: "x-dev-data",
      text: [
        "Error: creating EC2 Subnet: operation error EC2: CreateSubnet, https response error StatusCode: 400, RequestID: WbYxHXlSnRR4lekRDHisMlOxIzHpTwKB3W6v6YwKL50B6s6FJr81, api error InvalidSubnet.Range: The CIDR '192.168.2.0/24' is invalid.",
        "",
        "  with aws_subnet.S2 (S2),",
        "  on cdk.tf.json line 96, in resource.aws_subnet.S2 (S2):",
        "  96:       }",
      ].join("\n"),
    },
  ]);
  expect(events.filter((event) => "stack" in event && event.stack === "x-dev-cluster").at(-1)).toEqual({
    type: "applied",
    stack: "x-dev-cluster",
    add: 1,
    change: 0,
    destroy: 0,
  });
});

test("a stack without changes is planned with none", () => {
  const { events } = readRecording("subnet-refused", THREE);
  expect(events).toContainEqual({ type: "planned", stack: "x-dev-network", add: 0, change: 0, destroy: 0 });
});

test("warnings are no errors", () => {
  const { events } = readRecording("first-deploy", TWO);
  expect(events.filter(({ type }) => type === "error")).toEqual([]);
});

test("what belongs to no stack is kept, without the counters of cdktf", () => {
  const { output } = readRecording("subnet-refused", THREE);
  expect(output.generalLines).toEqual(["Invoking Terraform CLI failed with exit code 1"]);
});

test("an error whose frame was cut off by a kill is not lost", () => {
  const output = new CdktfOutput(["a-dev-network"]);
  output.push("a-dev-network  ╷\n               │ Error: connection refused\n               │ \n");
  expect(output.end()).toEqual([{ type: "error", stack: "a-dev-network", text: "Error: connection refused" }]);
});

test("a message that starts with an empty line belongs to its own stack, not to the one before", () => {
  const output = new CdktfOutput(["a-dev-network", "a-dev-data"]);
  output.push("a-dev-network  aws_vpc.Vpc: Creating...\n");
  expect(output.push("a-dev-data\n            Apply complete! Resources: 3 added, 0 changed, 0 destroyed.\n")).toEqual([
    { type: "applied", stack: "a-dev-data", add: 3, change: 0, destroy: 0 },
  ]);
});

test("a stack whose id is the beginning of another's is not taken for it", () => {
  const output = new CdktfOutput(["a-dev-data", "a-dev-data2"]);
  expect(output.push("a-dev-data2  Initializing the backend...\n")).toEqual([
    { type: "initializing", stack: "a-dev-data2" },
  ]);
});
