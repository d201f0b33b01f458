import { collectFailures } from "../../../sandbox/deploy/collect-failures";
import { readRecording } from "./recorded-output";

const THREE = ["x-dev-network", "x-dev-data", "x-dev-cluster"];

function failuresOf(name: string): ReturnType<typeof collectFailures> {
  const { events, output } = readRecording(name, THREE);
  const diagnostics = events.flatMap((event) => (event.type === "error" ? [event] : []));
  return collectFailures({ diagnostics, generalLines: output.generalLines, lastLines: ["the last line"] });
}

test("a locked state names who holds it, since when, and what to do", () => {
  expect(failuresOf("state-locked")).toEqual([
    {
      stack: "x-dev-network",
      text: "The state of x-dev-network is locked: apply by ada@workstation since 2026-11-21 10:00:00 UTC. Wait until it ends and run this again; a lock whose holder is dead is removed by the next deploy.",
    },
  ]);
});

test("an application that throws is shown by its message, without frames", () => {
  expect(failuresOf("synthesis-failed")).toEqual([{ text: "Error: config is wrong" }]);
});

test("diagnostics of Terraform come first, and cdktf's empty phrases not at all", () => {
  expect(failuresOf("subnet-refused").map(({ stack, text }) => [stack, text.split(":")[1]])).toEqual([
    ["x-dev-data", " creating EC2 Subnet"],
    ["x-dev-data", " creating EC2 Subnet"],
  ]);
});

test("what cdktf says itself is shown when Terraform said nothing", () => {
  const generalLines = ["Usage Error: Could not find stack for pattern 'nope'"];
  expect(collectFailures({ diagnostics: [], generalLines, lastLines: [] })).toEqual([
    { text: "Usage Error: Could not find stack for pattern 'nope'" },
  ]);
});

test("a failure without any reason shows the end of the output", () => {
  const sources = {
    diagnostics: [],
    generalLines: ["Invoking Terraform CLI failed with exit code 1"],
    lastLines: ["a", "b"],
  };
  const lost = "Terraform failed, and cdktf lost its message; run this again to see it. The end of the output was:";
  expect(collectFailures(sources)).toEqual([{ text: `${lost}\na\nb` }]);
});
