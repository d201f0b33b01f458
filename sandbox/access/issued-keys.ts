import { XMLParser } from "fast-xml-parser";
import { z } from "zod";
import type { AwsCall, AwsResponse } from "../aws/aws-call";
import type { CallerIdentity } from "./access-parts";

const session = z.object({
  Credentials: z.object({ AccessKeyId: z.string(), SecretAccessKey: z.string(), SessionToken: z.string() }),
  AssumedRoleUser: z.object({ Arn: z.string() }),
});

const ASSUMES = /^AssumeRole/;
/** Sessions end within hours; a client that makes one for each call must not fill the memory. */
const MOST = 5000;

const parser = new XMLParser({ ignoreAttributes: true, parseTagValue: false });

/**
 * Keys of the sessions of roles, learnt as STS hands them out: moto's list of all it holds fails as soon as one thing in it cannot
 * be written as JSON. Sessions from before a restart of the sandbox are not among them.
 */
export class IssuedKeys {
  private readonly sessions = new Map<string, CallerIdentity>();

  /** Takes note of a session in an answer of STS; other answers are passed over. */
  learn({ service, action }: Pick<AwsCall, "service" | "action">, { status, body }: AwsResponse): void {
    if (service !== "sts" || !ASSUMES.test(action) || status !== 200) return;
    const answer = parser.parse(body.toString("utf8")) as Record<string, Record<string, unknown> | undefined>;
    const found = session.safeParse(answer[`${action}Response`]?.[`${action}Result`]);
    if (!found.success) return;
    const { AccessKeyId, SecretAccessKey: secretKey, SessionToken: sessionToken } = found.data.Credentials;
    const arn = found.data.AssumedRoleUser.Arn;
    this.sessions.set(AccessKeyId, { arn, account: arn.split(":")[4] ?? "", secretKey, sessionToken });
    const [oldest] = this.sessions.keys();
    if (this.sessions.size > MOST && oldest !== undefined) this.sessions.delete(oldest);
  }

  /** The session that a key belongs to. */
  find(accessKey: string): CallerIdentity | undefined {
    return this.sessions.get(accessKey);
  }
}
