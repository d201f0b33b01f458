import { createHash } from "node:crypto";
import type { DecidedFinding, PolicyReport } from "../../enforcement/policy-report";

/**
 * A name for each finding of a report, by which the next run's is known to be the same: rule, stack, path, argument and key, and
 * neither line nor message, which change while the fault stays. Findings that share all of that are told apart by their order.
 *
 * @returns 32 hexadecimal digits for each finding, unique within the report
 */
export function fingerprints({ name, findings }: PolicyReport): ReadonlyMap<DecidedFinding, string> {
  const seen = new Map<string, number>();
  return new Map(
    findings.map((finding) => {
      const identity = JSON.stringify([name, ...identityOf(finding)]);
      const occurrence = seen.get(identity) ?? 0;
      seen.set(identity, occurrence + 1);
      return [finding, digest(`${identity}#${occurrence}`)];
    }),
  );
}

function identityOf({ rule, place, subject, attribute, key }: DecidedFinding): readonly unknown[] {
  return [rule.id, place.stack, place.path ?? place.address, subject, attribute ?? "", key ?? ""];
}

/** 32 hexadecimal digits of a text, the same for the same text. */
export function digest(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 32);
}
