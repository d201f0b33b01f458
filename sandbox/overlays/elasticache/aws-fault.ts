import type { AwsResponse } from "../../aws/aws-call";
import { awsError } from "../../aws/aws-error";

/** An error that the service answers with: its code and its words. */
export class AwsFault extends Error {
  constructor(
    readonly code: string,
    message: string,
    readonly status = 400,
  ) {
    super(message);
    this.name = "AwsFault";
  }

  /** Nothing of that name: codes of this kind go with 404. */
  static notFound(code: string, message: string): AwsFault {
    return new AwsFault(code, message, 404);
  }

  static invalidValue(message: string): AwsFault {
    return new AwsFault("InvalidParameterValue", message);
  }

  static invalidCombination(message: string): AwsFault {
    return new AwsFault("InvalidParameterCombination", message);
  }
}

/** Answers with the fault, when that is what went wrong. */
export async function answerOrFault(work: () => AwsResponse | Promise<AwsResponse>): Promise<AwsResponse> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof AwsFault)) throw error;
    return awsError("query", { status: error.status, code: error.code, message: error.message });
  }
}
