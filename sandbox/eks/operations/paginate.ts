import { invalidParameter } from "../errors";

/** The paging members of every List and DescribeVersions operation. */
export interface PageInput {
  readonly maxResults?: number;
  readonly nextToken?: string;
}

/** API default and maximum of `maxResults`. */
const PAGE_SIZE = 100;

/**
 * Cuts one page out of a list.
 *
 * @returns the page and, unless it is the last, the token of the next
 * @throws EksApiError InvalidParameterException for a token that this service never gave
 */
export function paginate<T>(items: readonly T[], input: PageInput): { page: T[]; nextToken?: string } {
  const from = input.nextToken === undefined ? 0 : offsetOf(input.nextToken);
  const to = from + (input.maxResults ?? PAGE_SIZE);
  const page = items.slice(from, to);
  return to < items.length ? { page, nextToken: tokenOf(to) } : { page };
}

function tokenOf(offset: number): string {
  return Buffer.from(`offset:${offset}`).toString("base64url");
}

function offsetOf(token: string): number {
  const match = /^offset:(\d{1,9})$/.exec(Buffer.from(token, "base64url").toString());
  if (match === null) throw invalidParameter(`Invalid nextToken: ${token}`);
  return Number(match[1]);
}
