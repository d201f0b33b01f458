import type { JournalEntry } from "../../../sandbox/journal/journal-entry";

/** A call that ended well, unless said otherwise. */
export function entry(seq: number, given: Partial<JournalEntry> = {}): JournalEntry {
  return {
    ...{ seq, time: seq * 1000, account: "111111111111", principal: "atlas-dev-network" },
    ...{
      service: "ec2",
      action: "CreateVpc",
      method: "POST",
      url: "/",
      headers: [],
      body: Buffer.alloc(0),
      status: 200,
    },
    ...given,
  };
}

/** Terraform takes or gives back the lock of a stack's state. */
export function lockCall(
  seq: number,
  stack: string,
  action: "PutObject" | "DeleteObject",
  given: Partial<JournalEntry> = {},
): JournalEntry {
  const method = action === "PutObject" ? "PUT" : "DELETE";
  const url = `/state/${stack.replaceAll("-", "/")}.tfstate.tflock?x-id=${action}`;
  return entry(seq, { principal: stack, service: "s3", action, method, url, ...given });
}
