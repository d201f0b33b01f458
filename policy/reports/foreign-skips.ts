import { basename } from "node:path";
import { stringify } from "yaml";
import { addDays } from "../enforcement/calendar-day";
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

/** A waived finding about a resource of Terraform, under the ids of another scanner. */
interface Skip {
  readonly stack: string;
  readonly address: string;
  readonly ids: readonly string[];
  readonly reason: string;
  readonly expires: string;
}

const CDKTF_FILE = "cdk.tf.json";

/**
 * Writes what is waived as checkov and trivy read it, in one folder for each stack: a copy of the stack with checkov's skips
 * beside each resource (`"//".checkov.skip`, its convention for metadata), the same as `.checkov.baseline`, which is what its
 * scan of JSON honours, and one `.trivyignore.yaml` for all.
 *
 * A baseline tells stacks apart by nothing but the scan it is given to, so each stack is scanned with its own. In it an
 * attribute's check knows a resource by its name without its type. trivy knows files and no resources in them: what is waived
 * for one resource it no longer reports in that stack, and the file says so.
 *
 * Waivers of Kubernetes objects are left out: both scanners look for these objects in other files.
 *
 * @see https://www.checkov.io/2.Basics/Suppressing%20and%20Skipping%20Policies.html
 * @see https://trivy.dev/latest/docs/configuration/filtering/
 */
export function writeForeignSkips(reports: readonly PolicyReport[], modules: readonly Module[]): readonly SkipFile[] {
  const findings = reports.flatMap((report) => report.findings);
  const checkov = skipsOf(findings, ({ sameAs }) => sameAs?.checkov);
  const trivy = skipsOf(findings, ({ sameAs }) => sameAs?.trivy);
  return [
    ...modules.flatMap((module) => {
      const own = checkov.filter(({ stack }) => stack === module.id);
      return [...copiesOf(module, own), { path: `${module.id}/.checkov.baseline`, text: baselineOf(module, own) }];
    }),
    { path: ".trivyignore.yaml", text: trivyIgnore(trivy) },
  ];
}

function skipsOf(
  findings: readonly DecidedFinding[],
  idsOf: (rule: DecidedFinding["rule"]) => readonly string[] | undefined,
): readonly Skip[] {
  return findings.flatMap(({ rule, status, waiver, type, place: { stack, address } }) => {
    const ids = idsOf(rule) ?? [];
    if (status !== "waived" || !waiver || ids.length === 0 || !address.startsWith(`${type}.`)) return [];
    return [{ stack, address, ids, reason: waiver.reason, expires: waiver.expires }];
  });
}

function copiesOf({ id, files }: Module, skips: readonly Skip[]): readonly SkipFile[] {
  return files.map(({ file, text }) => ({
    path: `${id}/${nameOf(file, files.length)}`,
    text: `${JSON.stringify(withSkips(JSON.parse(text), skips), null, 2)}\n`,
  }));
}

function nameOf(file: string, files: number): string {
  return files === 1 ? CDKTF_FILE : basename(file);
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

function baselineOf({ files }: Module, skips: readonly Skip[]): string {
  const addresses = [...new Set(skips.map(({ address }) => address))].sort();
  const findings = addresses.flatMap((address) => {
    const ids = skips.filter((skip) => skip.address === address).flatMap((skip) => skip.ids);
    const check_ids = [...new Set(ids)].sort();
    const name = address.split(".").at(-1) ?? address;
    return [`resource.${name}`, address].map((resource) => ({ resource, check_ids }));
  });
  const [first] = files;
  const file = `/${nameOf(first?.file ?? CDKTF_FILE, files.length)}`;
  return `${JSON.stringify({ failed_checks: findings.length > 0 ? [{ file, findings }] : [] }, null, 2)}\n`;
}

/** trivy ends an exception with the beginning of its day, and a waiver holds on its last day still. */
function trivyIgnore(skips: readonly Skip[]): string {
  const entries = skips.flatMap(({ stack, address, ids, reason, expires }) =>
    ids.flatMap(namesInTrivy).map((id) => ({
      id,
      paths: [`${stack.replace(GLOB, "\\$&")}/*`],
      statement: `${address}: ${reason}`,
      expired_at: addDays(expires, 1),
    })),
  );
  const head = "# Entries hold for a whole stack: trivy does not tell its resources apart.\n";
  return head + stringify({ misconfigurations: entries }, { lineWidth: 0 });
}

const GLOB = /[*?[\]{}\\]/g;

/** Its releases call a check `AVD-AWS-0040` or `AWS-0040`, and compare names letter by letter. */
function namesInTrivy(id: string): readonly string[] {
  return [id, `AVD-${id}`];
}
