import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { findCheckov, scan } from "../../bench/checkov/scan";
import type { Checkov, CheckovVerdict } from "../../bench/checkov/scan";
import { checkPolicy, PACKS, writeForeignSkips } from "../../policy";
import type { PolicyInput } from "../../policy";
import { findExecutable } from "../../toolchain/find-executable";
import { environment, synthesizePlatforms } from "../support/platform";
import { temporaryFolder } from "../support/temporary-folder";

jest.setTimeout(300_000);

const STACK = "atlas-prod-data";
/** One of several buckets whose events nobody hears of, and one of two log groups without a key. */
const WAIVERS = `
- rule: FD-S3-022
  stack: ${STACK}
  path: ${STACK}/Models/*
  reason: Nothing listens to the events of models.
  expires: 2027-06-30
- rule: FD-LOG-001
  stack: ${STACK}
  path: ${STACK}/Cache/SlowLog
  reason: Slow commands hold no data of anyone.
  expires: 2027-06-30
`;
const BUCKET = "CKV2_AWS_62 aws_s3_bucket.Models_C55D3500";
const LOG_GROUP = "CKV_AWS_158 resource.Cache_SlowLog_7A83D7CB";
const OTHER_LOG_GROUP = "CKV_AWS_158 resource.Cache_EngineLog_81E5CA37";

const python = findExecutable("python3", process.env) ?? findExecutable("python", process.env);
const about = "waivers that are written for checkov";
(python === undefined ? describe.skip : describe)(
  python === undefined ? `${about}: there is no Python here to run it` : about,
  () => {
    let checkov: Checkov;
    let folder: string;
    let before: readonly string[];

    beforeAll(async () => {
      const [written, found] = await Promise.all([writeSkips(), findCheckov(process.env)]);
      folder = written;
      checkov = found;
      before = failures(await scan(checkov, folder, process.env));
    });

    test("are not honoured beside the resource, where its convention for metadata has them", () => {
      expect(before).toEqual(expect.arrayContaining([BUCKET, LOG_GROUP, OTHER_LOG_GROUP]));
    });

    test("take what is waived out of its findings, and nothing else", async () => {
      const baseline = join(folder, ".checkov.baseline");
      const after = failures(await scan(checkov, folder, process.env, { baseline }));
      expect(before.filter((one) => !after.includes(one))).toEqual([BUCKET, LOG_GROUP]);
      expect(after.filter((one) => !before.includes(one))).toEqual([]);
      expect(after.length).toBeGreaterThan(5);
    });
  },
);

/** The folder of the stack with its skips. */
async function writeSkips(): Promise<string> {
  const root = temporaryFolder();
  put(join(root, "config/policy/waivers.yaml"), WAIVERS);
  const { texts } = synthesizePlatforms([environment("atlas/prod")]);
  const modules = [{ id: STACK, files: [{ file: `${STACK}/cdk.tf.json`, text: withoutKeys(texts[STACK]!) }] }];
  const input: PolicyInput = { name: "atlas/prod", stage: "prod", modules };
  const { report } = await checkPolicy(input, { configRoot: root, today: "2026-11-21", packs: PACKS });
  const waived = report.findings.filter(({ status }) => status === "waived").map(({ rule }) => rule.id);
  expect(waived.sort()).toEqual(["FD-LOG-001", "FD-S3-022"]);
  for (const { path, text } of writeForeignSkips([report], modules)) put(join(root, "skips", path), text);
  return join(root, "skips", STACK);
}

/** Takes the keys of both log groups of the cache away. */
function withoutKeys(text: string): string {
  const json = JSON.parse(text) as { resource: { aws_cloudwatch_log_group: Record<string, { kms_key_id?: string }> } };
  for (const [name, group] of Object.entries(json.resource.aws_cloudwatch_log_group))
    if (name.startsWith("Cache_")) delete group.kms_key_id;
  return JSON.stringify(json);
}

function failures(verdicts: readonly CheckovVerdict[]): readonly string[] {
  return verdicts
    .filter(({ passed }) => !passed)
    .map(({ check, resource }) => `${check} ${resource}`)
    .sort();
}

function put(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}
