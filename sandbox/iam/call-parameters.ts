import type { AwsCall } from "../aws/aws-call";

/** The parameters of a call, whichever protocol carries them. */
export interface CallParameters {
  /** Value of a top-level parameter that is a text. */
  readonly get: (name: string) => string | undefined;
  /** True when tags are given. */
  readonly tagged: boolean;
}

/** Reads the parameters of query, JSON and REST-JSON calls. */
export function callParameters(call: AwsCall): CallParameters {
  if (call.protocol === "query" || call.protocol === "ec2") {
    const form = new URLSearchParams(call.body.toString("utf8"));
    const tagged = [...form.keys()].some((name) => /^(Tags\.|TagSpecifications?\.)/.test(name));
    return { get: (name) => form.get(name) ?? undefined, tagged };
  }
  const body = parseObject(call.body);
  const get = (name: string) => (typeof body[name] === "string" ? body[name] : undefined);
  const tags = body["tags"] ?? body["Tags"] ?? body["ResourceTags"];
  return { get, tagged: typeof tags === "object" && tags !== null && Object.keys(tags).length > 0 };
}

function parseObject(body: Buffer): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(body.toString("utf8"));
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
