import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { everythingSynthesized } from "../support/every-construct";
import { ROOT } from "../support/platform";
import { ProviderTypes } from "../support/provider-types";
import type { Synthesized } from "../support/synth";

const types = new ProviderTypes();
let synthesized: ReadonlyMap<string, Synthesized>;

beforeAll(async () => {
  synthesized = await everythingSynthesized();
}, 60_000);

// The oldest provider of the window is asked itself (test/provider); the newest is known by the types made from it.
test("the newest providers of the windows know every argument of every resource", () => {
  const unknown = [...synthesized].flatMap(([name, { json }]) =>
    Object.entries(json.resource ?? {}).flatMap(([type, named]) =>
      Object.values(named).flatMap((one) =>
        types.unknownArguments(type, one).map((argument) => `${name}: ${type}: ${argument}`),
      ),
    ),
  );
  expect(unknown).toEqual([]);
});

test("every resource type that a construct can define is among them", () => {
  const seen = new Set([...synthesized.values()].flatMap(({ json }) => Object.keys(json.resource ?? {})));
  const unseen = definableTypes().filter((type) => !seen.has(type));
  expect(unseen).toEqual([]);
});

test("an argument that the types do not know is found, in the resource and in a block", () => {
  const cluster = { name: "a", colour: "red", vpc_config: { subnet_ids: ["a"], colour: "red" }, lifecycle: {} };
  expect(types.unknownArguments("aws_eks_cluster", cluster)).toEqual(["colour", "vpc_config.colour"]);
  expect(types.unknownArguments("aws_eks_spaceship", {})).toEqual(["(the resource type)"]);
});

/** The resource types that the library imports. */
function definableTypes(): string[] {
  const files = readdirSync(join(ROOT, "constructs"), { recursive: true, encoding: "utf8" });
  const texts = files
    .filter((file) => file.endsWith(".ts"))
    .map((file) => readFileSync(join(ROOT, "constructs", file), "utf8"));
  const modules = texts.flatMap((text) =>
    [...text.matchAll(/^import \{[^}]*\} from "@cdktf\/provider-(aws|helm|kubernetes)\/lib\/([a-z0-9-]+)"/gm)].map(
      ([, provider = "", name = ""]) => ({ provider, name }),
    ),
  );
  const resources = modules.filter(({ name }) => name !== "provider" && !name.startsWith("data-"));
  return [...new Set(resources.map(({ provider, name }) => `${provider}_${name.replaceAll("-", "_")}`))].sort();
}
