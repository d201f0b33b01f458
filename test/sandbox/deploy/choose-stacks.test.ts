import { chooseStacks } from "../../../sandbox/deploy/choose-stacks";
import type { DeployError } from "../../../sandbox/deploy/deploy-error";

const STACKS = [
  { id: "a-dev-network", layer: "network", needs: [] },
  { id: "a-dev-data", layer: "data", needs: [] },
  { id: "a-dev-cluster", layer: "cluster", needs: ["network", "data"] },
];

function refusal(layers: string[], direction: "deploy" | "destroy"): [string, string] {
  try {
    chooseStacks(STACKS, layers, direction);
  } catch (error) {
    return [(error as DeployError).code, (error as DeployError).message];
  }
  return ["", ""];
}

test("without layers all stacks run", () => {
  expect(chooseStacks(STACKS, undefined, "deploy")).toEqual(STACKS);
});

test("layers run in the order of the environment", () => {
  expect(chooseStacks(STACKS, ["data", "network"], "deploy").map(({ layer }) => layer)).toEqual(["network", "data"]);
});

test("an unknown layer is refused with the ones there are", () => {
  expect(refusal(["netwrok", "data"], "deploy")).toEqual([
    "LAYER_UNKNOWN",
    "--layers must name layers of the environment (network, data, cluster), got `netwrok`",
  ]);
});

test("a layer is not deployed without what it reads", () => {
  expect(refusal(["cluster", "data"], "deploy")).toEqual([
    "LAYER_INCOMPLETE",
    "--layers must hold what they read as well: `network` is missing; use --layers network,data,cluster",
  ]);
});

test("a layer is not destroyed without what reads it", () => {
  expect(refusal(["network"], "destroy")).toEqual([
    "LAYER_INCOMPLETE",
    "--layers must hold what reads them as well: `cluster` is missing; use --layers network,cluster",
  ]);
});

test("the layer that nothing reads is destroyed alone", () => {
  expect(chooseStacks(STACKS, ["cluster"], "destroy").map(({ id }) => id)).toEqual(["a-dev-cluster"]);
});
