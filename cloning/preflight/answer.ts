/** Why a question to AWS has no answer. */
export type Refusal = "denied" | "failed";

/** A question that AWS did not answer. */
export class QuestionError extends Error {
  /**
   * @param action IAM action the question needs, as in `ec2:DescribeVpcs`
   * @param refusal whether the caller may not ask, or the call broke
   * @param detail what AWS said, in one line
   */
  constructor(
    readonly action: string,
    readonly refusal: Refusal,
    readonly detail: string,
  ) {
    super(`${action}: ${detail}`);
    this.name = "QuestionError";
  }
}

/** What became of one question. */
export type Answer<T> =
  | { readonly known: true; readonly value: T }
  | { readonly known: false; readonly what: string; readonly error: QuestionError };

/**
 * Asks one question; that it is not answered is an answer too.
 *
 * @param what the question in words, as in `the VPCs of the region`
 */
export async function ask<T>(what: string, question: () => Promise<T>): Promise<Answer<T>> {
  try {
    return { known: true, value: await question() };
  } catch (error) {
    if (error instanceof QuestionError) return { known: false, what, error };
    throw error;
  }
}

/** The value of an answer, or what stands for it when there is none. */
export function valueOr<T>(answer: Answer<T> | undefined, otherwise: T): T {
  return answer?.known === true ? answer.value : otherwise;
}
