import { FlightdeckError } from "../../constructs/core/errors";
import type { IGrantable, IPrincipal, PolicyStatement } from "../../constructs/core/grants";
import type { EnvironmentIdentity } from "../../constructs/core/naming";

/** The environment that constructs are given in tests. */
export const IDENTITY: EnvironmentIdentity = {
  project: "atlas",
  stage: "dev",
  account: "111111111111",
  region: "eu-central-1",
};

/** Someone to grant to, who remembers what was granted. */
export class RecordingGrantee implements IGrantable, IPrincipal {
  readonly statements: PolicyStatement[] = [];
  readonly grantPrincipal = this;

  addToPolicy(statement: PolicyStatement): void {
    this.statements.push(statement);
  }
}

/** Code and message of the error that a call throws on purpose; any other end of the call is an error of the test. */
export function failure(call: () => unknown): { code: string; message: string } {
  try {
    call();
  } catch (error) {
    if (error instanceof FlightdeckError) return { code: error.code, message: error.message };
    throw error;
  }
  throw new Error("the call did not throw");
}
