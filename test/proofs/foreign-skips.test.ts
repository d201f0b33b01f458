import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { findCheckov, scan } from "../../bench/checkov/scan";
import type { Checkov, CheckovVerdict } from "../../bench/checkov/scan";
import { checkPolicy, PACKS, writeForeignSkips } from "../../policy";
import { findExecutable } from "../../toolchain/find-executable";
import { environment, synthesizePlatforms } from "../support/platform";
import { temporaryFolder } from "../support/temporary-folder";

jest.setTimeout(300_000);

const TODAY = "2026-11-21";
/** At one of the six buckets, so that the others tell whether a skip reaches too far. */
const WAIVERS = `
- rule: FD-S3-022
  stack: atlas-prod-data
  path: atlas-prod-data/Models/*
  reason: Nothing listens to the events of models.
  expires: 2027-06-30
- rule: FD-LOG-003
  stack: atlas-staging-data
  path: atlas-staging-data/Cache/SlowLog/*
  reason: Slow commands are looked at on the day, or not at all.
  expires: 2027-06-30
`;

const python = findExecutable("python3", process.env) ?? findExecutable("python", process.env);
const about = "waivers that are written for checkov";
(python === undefined ? describe.skip : describe)(
  python === undefined ? `${about}: there is no Python here to run it` : about,
  () => {
    let checkov: Checkov;
    let folder: string;
    let before: readonly string[];

    beforeAll(async () => {
      folder = temporaryFolder();
      const modules = modulesOf("atlas/prod");
      const configRoot = temporaryFolder();
      put(join(configRoot, "config/policy/waivers.yaml"), WAIVERS.split("\n- ").slice(0, 2).join("\n- "));
      const input = { name: "atlas/prod", stage: "prod", modules } as const;
      const { report } = await checkPolicy(input, { configRoot, today: TODAY, packs: [...PACKS] });
      for (const { path, text } of writeForeignSkips([report], modules)) put(join(folder, path), text);
      checkov = await findCheckov(process.env);
      before = failures(await scan(checkov, join(folder, "atlas-prod-data"), process.env));
    });

    test("take exactly what is waived out of its findings", async () => {
      const data = join(folder, "atlas-prod-data");
      const after = failures(await scan(checkov, data, process.env, { baseline: join(data, ".checkov.baseline") }));
      expect(before.filter((one) => !after.includes(one))).toEqual(["CKV2_AWS_62 aws_s3_bucket.Models_C55D3500"]);
      expect(after.filter((one) => !before.includes(one))).toEqual([]);
    });

    test("are not honoured where its convention for metadata puts them, or the baseline would not be needed", () => {
      expect(before).toContain("CKV2_AWS_62 aws_s3_bucket.Models_C55D3500");
    });
  },
);
