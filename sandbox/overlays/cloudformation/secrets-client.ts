import { internalCall } from "../../gateway/aws-port";
import { AwsFault } from "../elasticache/aws-fault";
import type { OperationContext } from "../elasticache/operation";

/** Calls Secrets Manager in the name of the stack's caller. */
export async function callSecretsManager(
  action: string,
  input: object,
  { call, moto }: Pick<OperationContext, "call" | "moto">,
): Promise<Readonly<Record<string, unknown>>> {
  const { account, principal, region } = call;
  const response = await moto(
    internalCall({
      account,
      principal,
      region,
      service: "secretsmanager",
      method: "POST",
      url: "/",
      headers: ["content-type", "application/x-amz-json-1.1", "x-amz-target", `secretsmanager.${action}`],
      body: JSON.stringify(input),
    }),
  );
  const answer = JSON.parse(response.body.toString("utf8") || "{}") as Readonly<Record<string, unknown>>;
  if (response.status === 200) return answer;
  const message = answer["message"] ?? answer["Message"] ?? "";
  const type = answer["__type"] ?? "Error";
  throw new AwsFault("ValidationError", `${String(message)} (Service: SecretsManager, Error Code: ${String(type)})`);
}

const DYNAMIC =
  /\{\{resolve:secretsmanager:(arn:[^:]+:secretsmanager:[^:]+:\d+:secret:[^:}]+|[^:}]+):SecretString(?::([^:}]*))?(?::[^}]*)?\}\}/g;

/** A value with its dynamic references to secrets resolved; any other kind of reference is refused. */
export async function resolveSecrets(
  value: unknown,
  context: Pick<OperationContext, "call" | "moto">,
): Promise<unknown> {
  if (Array.isArray(value)) return Promise.all(value.map((one) => resolveSecrets(one, context)));
  if (typeof value === "object" && value !== null) {
    const entries = Object.entries(value).map(
      async ([name, one]) => [name, await resolveSecrets(one, context)] as const,
    );
    return Object.fromEntries(await Promise.all(entries));
  }
  if (typeof value !== "string" || !value.includes("{{resolve:")) return value;
  let resolved = value;
  for (const [reference, secret = "", key = ""] of value.matchAll(DYNAMIC)) {
    const { SecretString } = await callSecretsManager("GetSecretValue", { SecretId: secret }, context);
    resolved = resolved.replace(reference, () => fieldOf(String(SecretString), key));
  }
  if (!resolved.includes("{{resolve:")) return resolved;
  throw new AwsFault(
    "ValidationError",
    "Incorrect format is used in a dynamic reference; the sandbox resolves secretsmanager only",
  );
}

function fieldOf(secret: string, key: string): string {
  if (key === "") return secret;
  const value = (JSON.parse(secret) as Readonly<Record<string, unknown>>)[key];
  if (typeof value === "string") return value;
  throw new AwsFault("ValidationError", `Could not find a value associated with JSONKey in SecretString`);
}
