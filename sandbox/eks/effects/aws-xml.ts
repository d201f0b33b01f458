import { XMLParser } from "fast-xml-parser";

import { EksApiError } from "../errors";
import type { AwsPort } from "../contract";

/** Element of a parsed answer: text, or children by name. */
export type XmlNode = string | { readonly [name: string]: XmlNode | readonly XmlNode[] | undefined };

/** A refusal by another AWS service. */
export interface AwsError {
  readonly code: string;
  readonly message: string;
}

/** What a call came to. */
export type AwsResult =
  { readonly ok: true; readonly node: XmlNode } | { readonly ok: false; readonly error: AwsError };

const parser = new XMLParser({ ignoreAttributes: true, parseTagValue: false, trimValues: true });

/**
 * Makes a query-protocol call and parses its XML.
 *
 * @returns the root element's content, or the error that the service answered
 * @throws EksApiError ServerException when the answer is neither
 */
export async function callXml(
  aws: AwsPort,
  service: string,
  action: string,
  params: Record<string, string>,
): Promise<AwsResult> {
  const { status, body } = await aws.call(service, action, params);
  const document = parser.parse(body) as Record<string, XmlNode>;
  const root = Object.entries(document).find(([name]) => name !== "?xml")?.[1] ?? "";
  if (status < 300) return { ok: true, node: root };
  const error = at(root, "Errors", "Error") ?? at(root, "Error");
  if (error === undefined) {
    throw new EksApiError("ServerException", `${service}:${action} failed with HTTP ${status}: ${body.slice(0, 200)}`);
  }
  return { ok: false, error: { code: text(error, "Code"), message: text(error, "Message") } };
}

/** @returns the element under the given names, undefined when one is missing */
export function at(node: XmlNode, ...names: readonly string[]): XmlNode | undefined {
  let current: XmlNode | undefined = node;
  for (const name of names) {
    if (typeof current !== "object") return undefined;
    const next: XmlNode | readonly XmlNode[] | undefined = current[name];
    current = Array.isArray(next) ? (next as readonly XmlNode[])[0] : (next as XmlNode | undefined);
  }
  return current;
}

/** @returns the `item` (or other) children of an element, in order */
export function items(node: XmlNode | undefined, name = "item"): XmlNode[] {
  if (typeof node !== "object") return [];
  const found = node[name];
  if (found === undefined) return [];
  return Array.isArray(found) ? [...(found as readonly XmlNode[])] : [found as XmlNode];
}

/** @returns the text under the given names, empty when there is none */
export function text(node: XmlNode, ...names: readonly string[]): string {
  const found = at(node, ...names);
  return typeof found === "string" ? found : "";
}
