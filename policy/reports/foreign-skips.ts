import { stringify } from "yaml";
import type { DecidedFinding, PolicyReport } from "../enforcement/policy-report";

/** A file to write. */
export interface SkipFile {
  /** Relative to the folder that all of them go to. */
  readonly path: string;
  readonly text: string;
}

/** A synthesised stack. */
interface Module {
  readonly id: string;
  readonly files: readonly { readonly file: string; readonly text: string }[];
}

/** A waived finding of a Terraform resource, under the ids of another scanner. */
interface Skip {
  readonly stack: string;
  readonly address: string;
  readonly ids: readonly string[];
  readonly reason: string;
  readonly expires: string;
}

const CDKTF_FILE = "cdk.tf.json";

/**
 * Writes what is waived as checkov and trivy read it: copies of the stacks with checkov's skips beside each resource
 * (`"//".checkov.skip`, its convention for metadata), the same as `.checkov.baseline`, which its JSON scan honours today, and
 * `.trivyignore.yaml`.
 *
 * trivy knows files and no resources in them: what is waived for one resource it no longer reports in that stack. The file
 * says so.
 *
 * @see https://www.checkov.io/2.Basics/Suppressing%20and%20Skipping%20Policies.html
 * @see https://trivy.dev/latest/docs/configuration/filtering/
 */
export function writeForeignSkips(reports: readonly PolicyReport[], modules: readonly Module[]): readonly SkipFile[] {
  const findings = reports.flatMap((report) => report.findings);
  const checkov = skipsOf(findings, ({ sameAs }) => sameAs?.checkov);
  const trivy = skipsOf(findings, ({ sameAs }) => sameAs?.trivy);
  return [
    ...modules.flatMap((module) =>
      copiesOf(
        module,
        checkov.filter(({ stack }) => stack === module.id),
      ),
    ),
    { path: ".checkov.baseline", text: baselineOf(checkov) },
    { path: ".trivyignore.yaml", text: trivyIgnore(trivy) },
  ];
}

function skipsOf(
  findings: readonly DecidedFinding[],
  idsOf: (rule: DecidedFinding["rule"]) => readonly string[] | undefined,
): readonly Skip[] {
  return findings.flatMap(({ rule, status, waiver, place: { stack, address } }) => {
    const ids = idsOf(rule) ?? [];
    if (status !== "waived" || !waiver || ids.length === 0) return [];
    return [{ stack, address, ids, reason: waiver.reason, expires: waiver.expires }];
  });
}

function copiesOf({ id, files }: Module, skips: readonly Skip[]): readonly SkipFile[] {
  return files.map(({ file, text }, index) => {
    const name = index === 0 && files.length === 1 ? CDKTF_FILE : (file.split("/").at(-1) ?? CDKTF_FILE);
    return { path: `${id}/${name}`, text: `${JSON.stringify(withSkips(JSON.parse(text), skips), null, 2)}\n` };
  });
}

type Json = Record<string, unknown>;

function withSkips(json: unknown, skips: readonly Skip[]): unknown {
  const resources = ((json as Json).resource ?? {}) as Record<string, Record<string, Json> | undefined>;
  for (const { address, ids, reason, expires } of skips) {
    const [type = "", name = ""] = address.split(".");
    const resource = resources[type]?.[name];
    if (!resource) continue;
    const comment = (resource["//"] ??= {}) as { checkov?: { skip: object[] } };
    comment.checkov = {
      skip: [...(comment.checkov?.skip ?? []), ...ids.map((id) => ({ id, comment: `${reason} (until ${expires})` }))],
    };
  }
  return json;
}

function baselineOf(skips: readonly Skip[]): string {
  const stacks = [...new Set(skips.map(({ stack }) => stack))].sort();
  const failed = stacks.map((stack) => {
    const addresses = [...new Set(skips.filter((skip) => skip.stack === stack).map(({ address }) => address))].sort();
    return {
      file: `/${stack}/${CDKTF_FILE}`,
      findings: addresses.flatMap((address) => {
        const ids = skips
          .filter((skip) => skip.stack === stack && skip.address === address)
          .flatMap((skip) => skip.ids);
        const check_ids = [...new Set(ids)].sort();
        // Checks by attribute name a resource with its block, checks by graph without.
        return [`resource.${address}`, address].map((resource) => ({ resource, check_ids }));
      }),
    };
  });
  return `${JSON.stringify({ failed_checks: failed }, null, 2)}\n`;
}

function trivyIgnore(skips: readonly Skip[]): string {
  const entries = skips.flatMap(({ stack, address, ids, reason, expires }) =>
    ids.map((id) => ({
      id,
      paths: [`${stack}/${CDKTF_FILE}`],
      statement: `${address}: ${reason}`,
      expired_at: expires,
    })),
  );
  const head = "# Entries hold for a whole stack: trivy does not tell its resources apart.\n";
  return head + stringify({ misconfigurations: entries });
}
