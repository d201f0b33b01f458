import { Fn, Token } from "cdktf";

/** The name at the end of an ARN: `vision` in `arn:aws:iam::111111111111:role/teams/vision`. Takes references too. */
export function nameInArn(arn: string): string {
  if (!Token.isUnresolved(arn)) return arn.slice(arn.lastIndexOf("/") + 1);
  return Token.asString(Fn.element(Fn.reverse(Fn.split("/", arn)), 0));
}
