import { stringify } from "yaml";
import type { Example } from "../../engine/rule";
import { hcl } from "./hcl";

/** A part of an example, as its own language. */
export interface Snippet {
  /** What it is, when the text does not say so: `stack atlas-prod-data`. */
  readonly title?: string;
  readonly language: "hcl" | "yaml";
  /** Without a line feed at its end. */
  readonly text: string;
}

/** An example as people write what it is made of: Terraform as HCL, Kubernetes objects and changes of a plan as YAML. */
export function exampleSnippets(example: Example): readonly Snippet[] {
  const { terraform, stacks = {}, objects = [], changes = [] } = example;
  return [
    ...settings(example),
    ...(terraform === undefined ? [] : [{ language: "hcl" as const, text: hcl(terraform) }]),
    ...Object.entries(stacks).map(([stack, json]) => ({
      title: `Stack ${stack}`,
      language: "hcl" as const,
      text: hcl(json),
    })),
    ...(objects.length === 0 ? [] : [{ language: "yaml" as const, text: objects.map(yaml).join("\n---\n") }]),
    ...(changes.length === 0
      ? []
      : [{ title: "Plan", language: "yaml" as const, text: yaml({ resource_changes: changes }) }]),
  ];
}

/** What the example says of the environment itself. */
function settings({ stage, environment, thresholds }: Example): readonly Snippet[] {
  const stated = Object.entries({ stage, ...environment, thresholds }).filter(([, value]) => value !== undefined);
  return stated.length === 0
    ? []
    : [{ title: "Environment", language: "yaml", text: yaml(Object.fromEntries(stated)) }];
}

function yaml(value: object): string {
  return stringify(value, { lineWidth: 100, aliasDuplicateObjects: false }).trimEnd();
}
