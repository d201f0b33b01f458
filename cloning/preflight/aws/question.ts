import { QuestionError } from "../answer";

/** Codes with which AWS says that the caller may not. */
const DENIED = /AccessDenied|UnauthorizedOperation|AuthorizationError|NotAuthorized|Forbidden|OptInRequired/i;

/** An error of an AWS client, as far as it is looked at here. */
interface AwsFailure {
  readonly name?: string;
  readonly message?: string;
  readonly Code?: string;
  readonly $metadata?: { readonly httpStatusCode?: number };
}

/**
 * Asks AWS one question.
 *
 * @param action IAM action it needs, as in `ec2:DescribeVpcs`
 * @throws QuestionError for whatever goes wrong
 */
export async function question<T>(action: string, call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    if (error instanceof QuestionError) throw error;
    const { denied, detail } = readFailure(error);
    throw new QuestionError(action, denied ? "denied" : "failed", detail);
  }
}

/** What a call answers, or something else where AWS answers with one of these codes. */
export async function orElse<T>(otherwise: T, codes: readonly string[], call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    if (hasCode(error, ...codes)) return otherwise;
    throw error;
  }
}

/** Whether an error of an AWS client has one of these codes. */
export function hasCode(error: unknown, ...codes: readonly string[]): boolean {
  return codes.includes(codeOf(error as AwsFailure));
}

/** HTTP status that AWS answered with; undefined: it did not answer. */
export function statusOf(error: unknown): number | undefined {
  return (error as AwsFailure).$metadata?.httpStatusCode;
}

function readFailure(error: unknown): { denied: boolean; detail: string } {
  const failure = error as AwsFailure;
  const code = codeOf(failure);
  const message = (failure.message ?? String(error)).split("\n")[0] ?? "";
  const denied = DENIED.test(code) || (statusOf(error) === 403 && /^(\d+|Unknown|UnknownError)$/.test(code));
  return { denied, detail: message === "" || message.includes(code) ? message || code : `${code}: ${message}` };
}

function codeOf({ name, Code }: AwsFailure): string {
  return Code ?? name ?? "Unknown";
}
