import { tryFindRegion } from "../../catalog";
import type { AwsCall, AwsResponse } from "../aws/aws-call";
import { awsError } from "../aws/aws-error";

/** Parameters of an EC2 call, from its body and its address. */
export function ec2Parameters(call: AwsCall): URLSearchParams {
  const all = new URLSearchParams(call.body.toString("utf8"));
  for (const [name, value] of call.query) if (!all.has(name)) all.set(name, value);
  return all;
}

/** The values of a numbered list, such as `GroupName.1`, `GroupName.2`. */
export function listOf(parameters: URLSearchParams, name: string): string[] {
  return [...parameters].filter(([key]) => new RegExp(`^${name}\\.\\d+$`).test(key)).map(([, value]) => value);
}

/** Tags given along with a creation, or to `CreateTags`. */
export function tagsOf(parameters: URLSearchParams): Map<string, string> {
  const tags = new Map<string, string>();
  for (const [name, key] of parameters) {
    const place = /^((?:TagSpecifications?\.\d+\.)?Tag\.\d+)\.Key$/.exec(name)?.[1];
    if (place !== undefined) tags.set(key, parameters.get(`${place}.Value`) ?? "");
  }
  return tags;
}

/** ARN of a thing of EC2 in the caller's account and region. */
export function ec2Arn({ account, region }: AwsCall, resource: string): string {
  return `arn:${tryFindRegion(region)?.partition ?? "aws"}:ec2:${region}:${account}:${resource}`;
}

/** An answer in EC2's protocol. */
export function ec2Answer(action: string, content: string): AwsResponse {
  const body = `<?xml version="1.0" encoding="UTF-8"?>\n<${action}Response xmlns="http://ec2.amazonaws.com/doc/2016-11-15/">${content}</${action}Response>`;
  return { status: 200, headers: ["content-type", "text/xml"], body: Buffer.from(body) };
}

/** A refusal in EC2's protocol. */
export function ec2Refusal(code: string, message: string): AwsResponse {
  return awsError("ec2", { status: 400, code, message });
}

/** Elements in order; those without a value are left out. */
export function elements(values: Readonly<Record<string, string | number | boolean | undefined>>): string {
  return Object.entries(values)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `<${name}>${escapeXml(String(value))}</${name}>`)
    .join("");
}

/** A set of tags. */
export function tagSet(tags: ReadonlyMap<string, string>): string {
  const items = [...tags].map(([key, value]) => `<item>${elements({ key, value })}</item>`);
  return `<tagSet>${items.join("")}</tagSet>`;
}

function escapeXml(text: string): string {
  return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
}
