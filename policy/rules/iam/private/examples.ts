import type { TerraformJson } from "../../../engine/rule";

/** A statement as a policy writes it. */
export type JsonStatement = Readonly<Record<string, unknown>>;

/** A policy document as JSON text. */
export function policyJson(...statements: readonly JsonStatement[]): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: statements });
}

/** An inline policy of the role `trainer` with these statements. */
export function rolePolicy(...statements: readonly JsonStatement[]): { readonly terraform: TerraformJson } {
  const policy = { name: "permissions", role: "trainer", policy: policyJson(...statements) };
  return { terraform: { resource: { aws_iam_role_policy: { trainer: policy } } } };
}

/** The role `trainer` that these statements let others take. */
export function trust(...statements: readonly JsonStatement[]): { readonly terraform: TerraformJson } {
  const role = { name: "trainer", assume_role_policy: policyJson(...statements) };
  return { terraform: { resource: { aws_iam_role: { trainer: role } } } };
}

/** A statement that allows actions on resources. */
export function allow(actions: string | readonly string[], resources: string | readonly string[]): JsonStatement {
  return { Effect: "Allow", Action: actions, Resource: resources };
}
