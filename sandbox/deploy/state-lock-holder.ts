/** Who holds the lock of a state, as Terraform reports it. */
export interface StateLockHolder {
  readonly id: string;
  readonly path: string;
  readonly operation: string;
  readonly who: string;
  readonly created: string;
}

/** Reads the holder from Terraform's `Error acquiring the state lock`; undefined for any other error. */
export function readStateLockHolder(errorText: string): StateLockHolder | undefined {
  if (!errorText.includes("Error acquiring the state lock")) return undefined;
  const field = (name: string): string =>
    new RegExp(`^\\s*${name}:[ \\t]*(.*)$`, "m").exec(errorText)?.[1]?.trim() || "unknown";
  return {
    id: field("ID"),
    path: field("Path"),
    operation: field("Operation")
      .replace(/^OperationType/, "")
      .toLowerCase(),
    who: field("Who"),
    created: field("Created")
      .replace(/(:\d\d)\.\d+/, "$1")
      .replace(" +0000 UTC", " UTC"),
  };
}

/** The one sentence that says who holds the lock and what to do. */
export function describeStateLock(stack: string, holder: StateLockHolder): string {
  return (
    `The state of ${stack} is locked: ${holder.operation} by ${holder.who} since ${holder.created}. ` +
    "Wait until it ends and run this again; a lock whose holder is dead is removed by the next deploy."
  );
}
