import type { ForeignIds, Rule } from "../../engine/rule";

const SCANNERS: Readonly<Record<keyof ForeignIds, string>> = { checkov: "checkov", trivy: "trivy", cdkNag: "cdk-nag" };

/** The ids that other scanners give the same check, as `checkov CKV_AWS_39`; empty when none has it. */
export function foreignIds({ sameAs = {} }: Rule): readonly string[] {
  return (Object.keys(SCANNERS) as (keyof ForeignIds)[])
    .filter((scanner) => (sameAs[scanner] ?? []).length > 0)
    .map((scanner) => `${SCANNERS[scanner]} ${(sameAs[scanner] ?? []).join(", ")}`);
}
