import type { Block } from "./mutant";

/** Changes the statements of the policy that a resource holds as text. */
export function changeStatements(resource: Block, change: (statements: readonly Block[]) => readonly Block[]): void {
  const document = JSON.parse(resource.policy as string) as { readonly Statement: readonly Block[] };
  resource.policy = JSON.stringify({ ...document, Statement: change(document.Statement) });
}

/** Lets everyone do, without a condition, what a statement of a policy allows: the one with this name, or else the first. */
export function openToEveryone(resource: Block, sid?: string): void {
  changeStatements(resource, (statements) =>
    statements.map((statement, index) =>
      (sid === undefined ? index === 0 : statement.Sid === sid)
        ? { ...statement, Principal: { AWS: "*" }, Condition: undefined }
        : statement,
    ),
  );
}
