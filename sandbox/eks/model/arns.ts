/** Account and region that a request is for. */
export interface Place {
  readonly account: string;
  readonly region: string;
}

/** @returns `aws`, `aws-cn` or `aws-us-gov` */
export function partitionOf(region: string): string {
  if (region.startsWith("cn-")) return "aws-cn";
  return region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
}

/** @returns ARN of an EKS resource, e.g. `arn:aws:eks:eu-west-1:111111111111:cluster/a` */
export function eksArn(place: Place, resource: string): string {
  return `arn:${partitionOf(place.region)}:eks:${place.region}:${place.account}:${resource}`;
}

/** Parts of an IAM principal's ARN. */
export interface PrincipalArn {
  readonly account: string;
  readonly kind: "role" | "user" | "root";
  /** Last part of the name, without the path. */
  readonly name: string;
}

const PRINCIPAL = /^arn:aws[a-z-]*:iam::(\d{12}):(?:(role|user)\/(?:[\x21-\x7e]+\/)?([\w+=,.@-]{1,64})|(root))$/;

/** @returns undefined when the text is not the ARN of a role, a user or an account root */
export function tryParsePrincipalArn(arn: string): PrincipalArn | undefined {
  const match = PRINCIPAL.exec(arn);
  if (match?.[1] === undefined) return undefined;
  if (match[4] !== undefined) return { account: match[1], kind: "root", name: "root" };
  return { account: match[1], kind: match[2] === "user" ? "user" : "role", name: match[3] ?? "" };
}
