import type { Stack } from "../../../../policy/engine/subject";
import { readPlan } from "../../../../policy/inputs/plan-json";
import { readTerraformJson } from "../../../../policy/inputs/terraform-json";

const synthesised = readTerraformJson(
  JSON.stringify({
    terraform: { backend: { s3: { bucket: "state" } } },
    resource: {
      aws_s3_bucket: { open: { acl: "public-read" }, gone: {} },
      aws_sqs_queue: { q: { name: "old" }, many: { count: 2 } },
    },
    output: { kept: { value: 1 }, new: { value: 1 } },
  }),
  { stack: "s" },
);

const entry = (address: string, actions: readonly string[] = ["create"], after: unknown = { name: "new" }): object => ({
  ...{ address, type: address.split(".")[0], change: { actions, after } },
});

const stackOf = (plan: object, beside?: Stack): Stack =>
  readPlan(JSON.stringify({ format_version: "1.2", configuration: {}, ...plan }), { stack: "s", synthesised: beside })
    .stack;

const PARTLY = {
  complete: false,
  resource_changes: [
    entry("aws_sqs_queue.q"),
    entry("aws_sqs_queue.many[0]"),
    entry("aws_s3_bucket.gone", ["delete"], null),
  ],
  output_changes: { new: { actions: ["create"], after: 2 } },
};
const WARNING = "the plan covers only part of the stack";

test("what a plan of a part does not name is judged as it was synthesised", () => {
  const { resources, outputs, unjudged, backend } = stackOf(PARTLY, synthesised);
  expect(resources.map(({ address, values }) => [address, values.name ?? values.acl])).toEqual([
    ["aws_sqs_queue.q", "new"],
    ["aws_sqs_queue.many[0]", "new"],
    ["aws_s3_bucket.open", "public-read"],
  ]);
  expect([outputs.kept?.literal, outputs.new?.literal]).toEqual([1, 2]);
  expect(backend).toEqual({ type: "s3", values: { bucket: "state" } });
  expect(unjudged).toEqual([
    `${WARNING}: \`complete\` is false; what it does not name was judged as it was synthesised`,
  ]);
});

test("a plan without changes leaves the synthesised stack as it is", () => {
  const { resources, unjudged } = stackOf({}, synthesised);
  expect(resources).toEqual(synthesised.resources);
  expect(unjudged).toEqual([
    `${WARNING}: it has no \`resource_changes\`; what it does not name was judged as it was synthesised`,
  ]);
});

test("without a synthesis it is said that the rest was not judged", () => {
  const { resources, unjudged } = stackOf(PARTLY);
  expect(resources).toHaveLength(2);
  expect(unjudged).toEqual([`${WARNING}: \`complete\` is false; what it does not name was not judged`]);
});

test.each([undefined, true])("a plan of the whole stack stands in its place (complete: %p)", (complete) => {
  const { resources, unjudged } = stackOf({ ...PARTLY, complete }, synthesised);
  expect(resources.map(({ address }) => address)).toEqual(["aws_sqs_queue.q", "aws_sqs_queue.many[0]"]);
  expect(unjudged).toEqual([]);
});
