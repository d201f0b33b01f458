import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { main } from "../main";
import { ROOT } from "./support/platform";

const TODAY = "2026-11-21";
let folder: string;
let outdir: string;
let messages: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "flightdeck-main-"));
  outdir = join(folder, "out");
  process.env.CDKTF_OUTDIR = outdir;
  messages = "";
  jest.spyOn(process.stderr, "write").mockImplementation((text) => {
    messages += String(text);
    return true;
  });
});

afterEach(() => {
  delete process.env.CDKTF_OUTDIR;
  jest.restoreAllMocks();
  rmSync(folder, { recursive: true, force: true });
});

const stacks = () => readdirSync(join(outdir, "stacks")).sort();
const stacksOf = (...names: string[]) =>
  names.flatMap((name) =>
    ["cluster", "controllers", "data", "network", "observability"].map((layer) => `${name}-${layer}`),
  );

test("synthesises every environment", async () => {
  expect(await main(ROOT, {}, TODAY)).toBe(0);
  expect(stacks()).toEqual(stacksOf("atlas-dev", "atlas-prod", "atlas-staging"));
});

test("synthesises the environments that are named, each once", async () => {
  expect(await main(ROOT, { FLIGHTDECK_ENVIRONMENTS: "atlas/staging, atlas/dev,atlas/dev," }, TODAY)).toBe(0);
  expect(stacks()).toEqual(stacksOf("atlas-dev", "atlas-staging"));
});

test("an environment that does not exist ends with a message and exit code 2, and nothing is written", async () => {
  expect(await main(ROOT, { FLIGHTDECK_ENVIRONMENTS: "atlas/qa" }, TODAY)).toBe(2);
  expect(messages).toBe(
    'config/environments: has no environment "atlas/qa"; allowed: atlas/dev, atlas/prod, atlas/staging\n',
  );
  expect(readdirSync(folder)).toEqual([]);
});

test("takes the environments from another folder", async () => {
  expect(await main(ROOT, { FLIGHTDECK_CONFIG_ROOT: folder }, TODAY)).toBe(2);
  expect(messages).toBe(
    "config/environments: must hold at least one environment; allowed: config/environments/<project>/<stage>.yaml\n",
  );
});

test("a sandbox that is not on this machine ends with a message and exit code 2, and nothing is written", async () => {
  expect(await main(ROOT, { FLIGHTDECK_SANDBOX_ENDPOINT: "http://example.com:4566" }, TODAY)).toBe(2);
  expect(messages).toBe(
    "`FLIGHTDECK_SANDBOX_ENDPOINT` must be an address of this machine, as in http://127.0.0.1:4566, without a path, " +
      'got "http://example.com:4566"\n',
  );
  expect(readdirSync(folder)).toEqual([]);
});

describe("what was synthesised is judged", () => {
  /** A small environment, and a rule of one's own that no network can keep. */
  const configured = (stage: string, more: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv => {
    const files = {
      [`config/environments/shop/${stage}.yaml`]: `project: shop
stage: ${stage}
account: "333333333333"
region: us-east-1
owner: ml@example.com
tags: { CostCenter: ml }
network: { cidr: 10.24.0.0/16, zones: [us-east-1a, us-east-1b] }
controllers: { enabled: false }
data: { database: { enabled: false }, cache: { enabled: false } }
cluster:
  version: "1.36"
  admins: ["arn:aws:iam::333333333333:role/admin"]
  endpoint: { public: true, allowedCidrs: [198.51.100.0/24] }
`,
      "config/policy/settings.yaml": "ownRules: rules",
      "rules/network.cjs": `exports.rule = { id: "ACME-VPC-001", slug: "acme-vpc", title: "Networks are shared",
        severity: "high", packs: ["baseline"], why: "Why", fix: "How", judges: "resource", types: ["aws_vpc"],
        examples: { failing: { terraform: {} }, passing: { terraform: {} } },
        judge: () => ({ outcome: "fail", faults: [{ message: "there must not be one of its own" }] }) };`,
      ...more,
    };
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    return { FLIGHTDECK_CONFIG_ROOT: folder };
  };

  test("what is hard in production ends with exit code 1; a switch leaves it unjudged", async () => {
    const env = configured("prod");
    expect(await main(ROOT, env, TODAY)).toBe(1);
    expect(messages).toMatch(/^HARD {2}2 findings in shop\/prod stop the synthesis\n/);
    expect(messages).toContain("FD-EKS-001 eks-endpoint-private, critical");
    expect(messages).toContain("at    shop-prod-cluster/Cluster/Resource\n");
    expect(messages).toContain("ACME-VPC-001 acme-vpc, high\n  what  there must not be one of its own\n");
    expect(messages).toMatch(/npx flightdeck policy check shop\/prod\n$/);
    expect(messages).not.toContain("SOFT");
    messages = "";
    expect(await main(ROOT, { ...env, FLIGHTDECK_POLICY: "off" }, TODAY)).toBe(0);
    expect([messages, stacks().length]).toEqual(["", 3]);
  });

  test("what is advisory, as everything is in development, stays unsaid", async () => {
    expect(await main(ROOT, configured("dev"), TODAY)).toBe(0);
    expect(messages).toBe("");
  });

  test("policy files that are wrong end with exit code 2 and all that is wrong with them", async () => {
    const waivers = "- { rule: FD-EKS-01, reason: it is being moved, expires: 2026-12-01 }\n- { rule: FD-EKS-001 }\n";
    expect(await main(ROOT, configured("dev", { "config/policy/waivers.yaml": waivers }), TODAY)).toBe(2);
    expect(messages).toBe(
      "config/policy/waivers.yaml:2: [1].reason is required\nconfig/policy/waivers.yaml:2: [1].expires is required\n",
    );
  });
});
