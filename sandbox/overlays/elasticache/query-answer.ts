import { randomUUID } from "node:crypto";
import type { AwsResponse } from "../../aws/aws-call";

/** Something that can stand in an answer; what is undefined is left out. */
export type AnswerValue = string | number | boolean | undefined | AnswerList | AnswerFields;

/** A structure of an answer, by name. */
export interface AnswerFields {
  readonly [name: string]: AnswerValue;
}

/** A list of an answer. */
export class AnswerList {
  /** @param member name of each element */
  constructor(
    readonly member: string,
    readonly values: readonly AnswerValue[],
  ) {}
}

/** A list whose elements are called `member`, or as given. */
export function listOf(values: readonly AnswerValue[], member = "member"): AnswerList {
  return new AnswerList(member, values);
}

/** Writes an answer in AWS's query protocol; without a result for operations that have none. */
export function queryAnswer(namespace: string, action: string, result: AnswerFields | undefined): AwsResponse {
  const id = randomUUID();
  const inner = result === undefined ? "" : element(`${action}Result`, result);
  const body = `<${action}Response xmlns="${namespace}">${inner}<ResponseMetadata><RequestId>${id}</RequestId></ResponseMetadata></${action}Response>`;
  return { status: 200, headers: ["content-type", "text/xml", "x-amzn-requestid", id], body: Buffer.from(body) };
}

function element(name: string, value: AnswerValue): string {
  if (value === undefined) return "";
  return `<${name}>${content(value)}</${name}>`;
}

function content(value: Exclude<AnswerValue, undefined>): string {
  if (value instanceof AnswerList) return value.values.map((one) => element(value.member, one)).join("");
  if (typeof value !== "object") return escapeXml(String(value));
  return Object.entries(value)
    .map(([name, field]) => element(name, field))
    .join("");
}

function escapeXml(text: string): string {
  return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
}
