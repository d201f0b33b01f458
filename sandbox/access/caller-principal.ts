/** The IAM principal behind a caller, as access entries name it. */
export interface CallerPrincipal {
  /** ARN of the role or user, without a path. */
  readonly arn: string;
  /** Twelve digits. */
  readonly account: string;
  /**
   * Name of the session of a role.
   * @default - a user, who has no session
   */
  readonly sessionName?: string;
}

const SESSION = /^arn:(aws[a-z-]*):sts::(\d{12}):assumed-role\/([\w+=,.@-]+)\/([\w+=,.@-]+)$/;
const USER = /^arn:(aws[a-z-]*):(?:iam|sts)::(\d{12}):user\/(?:[\x21-\x7e]+\/)?([\w+=,.@-]+)$/;
const ROLE = /^arn:(aws[a-z-]*):iam::(\d{12}):role\/(?:[\x21-\x7e]+\/)?([\w+=,.@-]+)$/;
const ROOT = /^arn:aws[a-z-]*:iam::(\d{12}):root$/;

/**
 * The principal of a caller's ARN: the role of a session, a user, or an account's root.
 *
 * @returns undefined when it is none of these
 */
export function principalOf(callerArn: string): CallerPrincipal | undefined {
  const session = SESSION.exec(callerArn);
  if (session !== null) {
    const [, partition = "", account = "", role = "", sessionName = ""] = session;
    return { arn: `arn:${partition}:iam::${account}:role/${role}`, account, sessionName };
  }
  const root = ROOT.exec(callerArn);
  if (root?.[1] !== undefined) return { arn: callerArn, account: root[1] };
  return named(USER.exec(callerArn), "user") ?? named(ROLE.exec(callerArn), "role");
}

/** An ARN with the path of its role or user dropped: the session of a role does not tell the role's path. */
export function withoutPath(principalArn: string): string {
  return principalOf(principalArn)?.arn ?? principalArn;
}

function named(match: RegExpExecArray | null, kind: string): CallerPrincipal | undefined {
  if (match === null) return undefined;
  const [, partition = "", account = "", name = ""] = match;
  return { arn: `arn:${partition}:iam::${account}:${kind}/${name}`, account };
}
