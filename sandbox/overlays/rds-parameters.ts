import type { AwsCall, AwsResponse } from "../aws/aws-call";
import type { Overlay } from "./overlay";
import { amendText, withBody } from "./overlay";

/**
 * moto does not say that a parameter was set by the user, so that Terraform takes it for one of AWS's own, and cannot set one
 * back to its default.
 */
export function rdsParameters(): Overlay {
  const set = new Map<string, Set<string>>();
  return {
    service: "rds",
    actions: ["DescribeDBParameters", "ModifyDBParameterGroup", "ResetDBParameterGroup", "DeleteDBParameterGroup"],
    answer: async (call, { moto }) => {
      if (call.action !== "ResetDBParameterGroup") return undefined;
      const group = groupIn(call);
      const found = await moto(withBody(call, `Action=DescribeDBParameters&DBParameterGroupName=${group}`));
      if (found.status >= 300) return found;
      const all = formOf(call).get("ResetAllParameters") === "true";
      const left = set.get(keyOf(call)) ?? new Set();
      for (const name of all ? [...left] : namesIn(call)) left.delete(name);
      return resetAnswer(group);
    },
    amend: (call, response) => {
      const key = keyOf(call);
      if (call.action === "DescribeDBParameters") return amendText(response, (text) => describe(text, set.get(key)));
      if (response.status >= 300) return response;
      if (call.action === "DeleteDBParameterGroup") set.delete(key);
      if (call.action === "ModifyDBParameterGroup") {
        set.set(key, new Set([...(set.get(key) ?? []), ...namesIn(call)]));
      }
      return response;
    },
  };
}

const PARAMETER = /<Parameter><ParameterName>([^<]+)<\/ParameterName>(.*?)<\/Parameter>/gs;

function describe(text: string, set: ReadonlySet<string> = new Set()): string {
  return text.replace(PARAMETER, (_all, name: string, rest: string) =>
    set.has(name) ? `<Parameter><ParameterName>${name}</ParameterName><Source>user</Source>${rest}</Parameter>` : "",
  );
}

function resetAnswer(group: string): AwsResponse {
  const result = `<ResetDBParameterGroupResult><DBParameterGroupName>${group}</DBParameterGroupName></ResetDBParameterGroupResult>`;
  const body = `<ResetDBParameterGroupResponse xmlns="http://rds.amazonaws.com/doc/2014-10-31/">${result}</ResetDBParameterGroupResponse>`;
  return { status: 200, headers: ["content-type", "text/xml"], body: Buffer.from(body) };
}

function namesIn(call: AwsCall): string[] {
  return [...formOf(call)].filter(([name]) => name.endsWith(".ParameterName")).map(([, value]) => value);
}

function groupIn(call: AwsCall): string {
  return (formOf(call).get("DBParameterGroupName") ?? "").toLowerCase();
}

function keyOf(call: AwsCall): string {
  return `${call.account}/${call.region}/${groupIn(call)}`;
}

function formOf(call: AwsCall): URLSearchParams {
  return new URLSearchParams(call.body.toString("utf8"));
}
