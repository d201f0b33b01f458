import { DEFAULT_LEVELS } from "../../../policy/enforcement/levels";
import { DEFAULT_SETTINGS, readSettings, rulesOff, settingsProblems } from "../../../policy/enforcement/settings";
import { STAGE_THRESHOLDS } from "../../../policy/engine/thresholds";
import { ALL_RULES, problemsOf } from "./enforcement-fixture";

const FILE = "config/policy/settings.yaml";
const refused = (text: string): readonly string[] => problemsOf(() => readSettings(text, FILE));

describe("settings", () => {
  test("are all there when the file is empty, or holds comments only", () => {
    for (const text of ["", "# nothing yet\n"])
      expect(readSettings(text, FILE)).toEqual({
        packs: ["baseline", "mlops", "gpu", "cost", "cis-eks"],
        levels: DEFAULT_LEVELS,
        rules: {},
        charts: { level: "advisory" },
        thresholds: STAGE_THRESHOLDS,
        expiringSoonDays: 14,
        maxWaiverDays: 365,
      });
  });

  test("keep what is not written as it is by default", () => {
    const text = [
      "levels:",
      "  staging: { high: hard, unknown: { critical: soft } }",
      "thresholds:",
      "  prod: { maxGpus: 256, chartRepositories: [oci://registry.example.com/] }",
    ].join("\n");

    const { levels, thresholds } = readSettings(text, FILE);

    expect(levels.prod).toEqual(DEFAULT_LEVELS.prod);
    expect(levels.staging).toEqual({
      ...DEFAULT_LEVELS.staging,
      high: "hard",
      unknown: { critical: "soft", high: "advisory", medium: "advisory", low: "advisory" },
    });
    expect(thresholds.dev).toEqual(STAGE_THRESHOLDS.dev);
    expect(thresholds.prod).toEqual({
      ...STAGE_THRESHOLDS.prod,
      maxGpus: 256,
      chartRepositories: ["oci://registry.example.com/"],
    });
  });

  test("know where each setting of a rule stands, and which rules are off", () => {
    const text = [
      "packs: [baseline, strict]",
      "rules:",
      "  FD-S3-001: { level: advisory }",
      "  FD-S3-002:",
      "    off: logs are shipped elsewhere",
      "ownRules: policy-rules",
      "expiringSoonDays: 30",
      "maxWaiverDays: 90",
    ].join("\n");

    const settings = readSettings(text, FILE);

    expect(settings).toMatchObject({
      packs: ["baseline", "strict"],
      rules: {
        "FD-S3-001": { level: "advisory", where: `${FILE}:3` },
        "FD-S3-002": { off: "logs are shipped elsewhere", where: `${FILE}:4` },
      },
      ...{ ownRules: "policy-rules", expiringSoonDays: 30, maxWaiverDays: 90 },
    });
    expect(rulesOff(settings)).toEqual(["FD-S3-002"]);
    expect(settingsProblems(settings, ALL_RULES)).toEqual([]);
  });

  test.each([
    ["expiringSoonDays", 0, 365],
    ["maxWaiverDays", 1, 3650],
  ])("%s reaches from %i to %i", (key, least, most) => {
    expect(readSettings(`${key}: ${least}`, FILE)).toMatchObject({ [key]: least });
    expect(readSettings(`${key}: ${most}`, FILE)).toMatchObject({ [key]: most });
    expect(refused(`${key}: ${least - 1}`)).toEqual([`${FILE}:1: ${key} must be at least ${least}, got ${least - 1}`]);
    expect(refused(`${key}: ${most + 1}`)).toEqual([`${FILE}:1: ${key} must be at most ${most}, got ${most + 1}`]);
    expect(refused(`${key}: 1.5`)).toEqual([`${FILE}:1: ${key} must be a whole number, got 1.5`]);
  });

  test.each([
    ["packs: []", "packs must name at least one pack, got []"],
    [
      "packs: [basline]",
      'packs[0] must be one of baseline, mlops, gpu, cost, cis-eks, strict, got "basline", did you mean baseline?',
    ],
    ["packs: baseline", 'packs must be a list, got "baseline"'],
    ["levels: { prod: { high: hardest } }", 'levels.prod.high must be one of advisory, soft, hard, got "hardest"'],
    ["levels: { production: {} }", "levels.production is not a known key; known: dev, staging, prod"],
    [
      "levels: { prod: { unkown: {} } }",
      "levels.prod.unkown is not a known key, did you mean unknown?; known: critical, high, medium, low, unknown",
    ],
    ["rules: { FD-S3-001: {} }", "rules.FD-S3-001 must set either `level` or `off`, got {}"],
    [
      "rules: { FD-S3-001: { level: soft, off: is not for us } }",
      'rules.FD-S3-001 must set either `level` or `off`, got {"level":"soft","off":"is not for us"}',
    ],
    [
      "rules: { FD-S3-001: { off: too noisy } }",
      'rules.FD-S3-001.off must say why, in at least 10 characters, got "too noisy"',
    ],
    ["rules: { FD-S3-001: { off: true } }", "rules.FD-S3-001.off must be text, got true"],
    ["thresholds: { dev: { maxGpus: -1 } }", "thresholds.dev.maxGpus must be at least 0, got -1"],
    ["thresholds: { dev: { maxGpus: many } }", 'thresholds.dev.maxGpus must be a number, got "many"'],
    ["ownRules: /srv/rules", 'ownRules must be a folder relative to the root of the configuration, got "/srv/rules"'],
    ["ownRules: ''", 'ownRules must not be empty, got ""'],
    ["- packs", 'must be a map, got ["packs"]'],
    ["levels:", "levels must be a map, got null"],
    [
      "packs: [baseline",
      "must be valid YAML: Flow sequence in block collection must be sufficiently indented and end with a ]",
    ],
    ["packs: [baseline]\npacks: [gpu]", "must be valid YAML: Map keys must be unique"],
    ["--- {}\n--- {}", "must hold one YAML document, not several"],
  ])("refuses %j", (text, message) => {
    expect(refused(text)[0]).toMatch(new RegExp(`^${FILE}:\\d+: `));
    expect(refused(text).map((problem) => problem.replace(/^\S+ /, ""))).toContain(message);
  });

  test("refuses an unknown threshold with the one that is near", () => {
    expect(refused("thresholds: { prod: { maxGpu: 4 } }")[0]).toMatch(
      /^config\/policy\/settings.yaml:1: thresholds.prod.maxGpu is not a known key, did you mean maxGpus\?; known: .*maxGpus, /,
    );
  });

  test("refuses aliases", () => {
    expect(refused("packs: &all [baseline]\nlevels: { dev: *all }")).toEqual([
      `${FILE}:2: must be written out, not be the alias *all`,
    ]);
  });

  test("tell everything that is wrong at once, each with its line", () => {
    const text = ["packs: [cheap]", "levels:", "  prod:", "    high: strong", "maxWaiverDays: 0", "pack: []"].join(
      "\n",
    );

    expect(refused(text)).toEqual([
      `${FILE}:1: packs[0] must be one of baseline, mlops, gpu, cost, cis-eks, strict, got "cheap"`,
      `${FILE}:4: levels.prod.high must be one of advisory, soft, hard, got "strong"`,
      `${FILE}:5: maxWaiverDays must be at least 1, got 0`,
      `${FILE}:6: pack is not a known key, did you mean packs?; known: packs, levels, rules, charts, thresholds, ownRules, expiringSoonDays, maxWaiverDays`,
    ]);
  });

  test.each([
    ["FD-EKS-011", 'there is no rule "FD-EKS-011", did you mean FD-EKS-001?'],
    ["s", 'there is no rule "s", did you mean FD-S3-009?'],
    ["something-else-altogether", 'there is no rule "something-else-altogether"'],
  ])("of a rule that does not exist are a problem: %s", (id, message) => {
    const settings = readSettings(`rules: { ${id}: { level: soft } }`, FILE);

    expect(settingsProblems(settings, ALL_RULES)).toEqual([{ where: `${FILE}:1`, message }]);
  });

  test("have limits for every threshold there is", () => {
    for (const [name, value] of Object.entries(STAGE_THRESHOLDS.prod)) {
      const text = JSON.stringify({ thresholds: { prod: { [name]: value } } });
      expect(readSettings(text, FILE).thresholds).toEqual(DEFAULT_SETTINGS.thresholds);
    }
  });
});
