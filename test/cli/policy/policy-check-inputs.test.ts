import { join } from "node:path";
import { environmentYaml, logGroup, runPolicy, writeFiles } from "./run-policy";
import { temporaryFolder } from "../../support/temporary-folder";

const RULE = ["--rule", "FD-LOG-002"];
const text = (json: object): string => JSON.stringify(json);

const plan = (retention?: number): string =>
  text({
    format_version: "1.2",
    terraform_version: "1.11.4",
    resource_changes: [
      {
        address: "aws_cloudwatch_log_group.app",
        mode: "managed",
        type: "aws_cloudwatch_log_group",
        name: "app",
        change: {
          actions: ["create"],
          before: null,
          after: { name: "app", retention_in_days: retention ?? null },
          after_unknown: {},
        },
      },
    ],
  });

const deployment = (image: string): string => `apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: web }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec: { containers: [{ name: web, image: "${image}" }] }
`;

describe("--synth", () => {
  test("a file, judged as production unless --stage says otherwise", async () => {
    const files = { "infra/main.tf.json": text(logGroup()) };
    const prod = await runPolicy(["check", "--synth", "infra/main.tf.json", ...RULE], { files });
    expect([prod.exitCode, prod.synthesised]).toEqual([1, []]);
    expect(prod.out).toContain("SOFT  1 finding in infra/main.tf.json fails `policy check`");
    expect(prod.out).toContain("at    main: aws_cloudwatch_log_group.app");
    const dev = await runPolicy(["check", "--synth", "infra/main.tf.json", "--stage", "dev", ...RULE], { files });
    expect([dev.exitCode, dev.out.startsWith("ADVISORY  1 finding")]).toEqual([0, true]);
  });

  test("a folder is one module; what is in Terraform's own language is told", async () => {
    const { out, exitCode } = await runPolicy(["check", "--synth", "infra", ...RULE], {
      files: {
        "infra/main.tf.json": text({
          resource: { aws_cloudwatch_log_group: { a: { retention_in_days: "${local.days}" } } },
        }),
        "infra/locals.tf.json": text({ locals: { days: 30 } }),
        "infra/old.tf": 'resource "aws_s3_bucket" "b" {}',
      },
    });
    expect(exitCode).toBe(0);
    expect(out).toBe(`! old.tf is in Terraform's own language and was not judged (infra)

✔ infra: nothing open; 1 check of 1 rule on 1 resource
`);
  });

  test("CDKTF's output folder is one run with all its stacks", async () => {
    const files = {
      "cdktf.out/stacks/shop-a/cdk.tf.json": text(logGroup()),
      "cdktf.out/stacks/shop-b/cdk.tf.json": text(logGroup()),
      "cdktf.out/manifest.json": "{}",
    };
    for (const given of ["cdktf.out", "cdktf.out/stacks"]) {
      const { out } = await runPolicy(["check", "--synth", given, ...RULE], { files });
      expect(out).toContain(
        "at    shop-a: aws_cloudwatch_log_group.app\n        shop-b: aws_cloudwatch_log_group.app\n",
      );
    }
  });

  test("files of one name in several folders are told apart by their paths", async () => {
    const { out } = await runPolicy(
      ["check", "--synth", "a/main.tf.json", "b/main.tf.json", "./a/main.tf.json", ...RULE],
      {
        width: 110,
        files: { "a/main.tf.json": text(logGroup()), "b/main.tf.json": text(logGroup()) },
      },
    );
    expect(out).toContain("a/main.tf.json: aws_cloudwatch_log_group.app");
    expect(out).toContain("b/main.tf.json: aws_cloudwatch_log_group.app");
    expect(out).toContain("✘ a/main.tf.json b/main.tf.json: 2 soft open; 2 checks of 1 rule on 2 resources\n");
  });

  test("everything that cannot be read is told at once", async () => {
    const { exitCode, err, out } = await runPolicy(
      [
        "check",
        "--synth",
        "no.tf.json",
        "hcl",
        "empty",
        "main.tf",
        "--plan",
        "no.json",
        "a=config",
        "--objects",
        "no.yaml",
      ],
      { files: { "hcl/a.tf": "", "hcl/b.tf": "", "empty/README.md": "", "main.tf": "" } },
    );
    expect([exitCode, out]).toEqual([2, ""]);
    expect(err).toBe(`no.tf.json: there is no such file or folder
hcl: must hold *.tf.json or the stacks of CDKTF, and holds 2 files in Terraform's own language, which is judged by its plan (--plan)
empty: must hold *.tf.json or the stacks of CDKTF, and holds none
main.tf: must be JSON, and is in Terraform's own language, which is judged by its plan (--plan)
no.json: there is no such file
config: must be a file, and is a folder
no.yaml: there is no such file`);
  });

  test("everything that is wrong inside of the files is told at once", async () => {
    const { exitCode, err } = await runPolicy(["check", "--synth", "a.tf.json", "b.tf.json", "--objects", "c.yaml"], {
      files: { "a.tf.json": '{"resource":', "b.tf.json": '{"kind": "Pod"}', "c.yaml": "a: [" },
    });
    expect(exitCode).toBe(2);
    expect(err.split("\n").map((line) => line.split(":")[0])).toEqual(["a.tf.json", "b.tf.json", "c.yaml"]);
  });

  test("places in the source of another's project are relative to that project, wherever it is", async () => {
    const project = temporaryFolder();
    const traced = {
      resource: {
        aws_cloudwatch_log_group: {
          app: { "//": { metadata: { path: "app/Logs", stackTrace: [`new Logs (${project}/lib/logs.ts:12:5)`] } } },
        },
      },
    };
    const files = {
      "cdktf.json": "{}",
      "cdktf.out/stacks/app/cdk.tf.json": text(traced),
      "main.tf.json": text(logGroup()),
    };
    writeFiles(project, files);
    const args = [
      "check",
      "--format",
      "gitlab",
      "--synth",
      join(project, "cdktf.out"),
      join(project, "main.tf.json"),
      ...RULE,
    ];
    const placesOf = (out: string): string[] =>
      (JSON.parse(out) as { location: { path: string } }[]).map(({ location }) => location.path).sort();
    expect(placesOf((await runPolicy(args)).out)).toEqual(["lib/logs.ts", "main.tf.json"]);
    const within = await runPolicy(["check", "--format", "gitlab", "--synth", "cdktf.out", "main.tf.json", ...RULE], {
      root: project,
    });
    expect(placesOf(within.out)).toEqual(["lib/logs.ts", "main.tf.json"]);
  });
});

describe("--plan", () => {
  test("stands in the place of its stack", async () => {
    const { exitCode, out } = await runPolicy(["check", "shop/prod", "--plan", "shop-prod-data=plan.json", ...RULE], {
      files: { "plan.json": plan(365) },
    });
    expect([exitCode, out]).toEqual([
      0,
      "✔ shop/prod: nothing open; 1 check of 1 rule on 1 resource and 1 planned change\n",
    ]);
  });

  test("is of the stack that its file is named after", async () => {
    const { exitCode } = await runPolicy(["check", "shop/prod", "--plan", "plans/shop-prod-data.json", ...RULE], {
      files: { "plans/shop-prod-data.json": plan(365) },
    });
    expect(exitCode).toBe(0);
  });

  test("of a stack that is not there is refused: everything would be judged twice", async () => {
    const message = `--plan plan.json: must say which stack it is of, as in shop-prod-data=plan.json
Stacks: shop-prod-data`;
    const files = { "plan.json": plan(), "shop-prod-data/main.tf.json": text(logGroup()) };
    const ofEnvironment = await runPolicy(["check", "shop/prod", "--plan", "plan.json"], { files });
    expect([ofEnvironment.exitCode, ofEnvironment.err]).toEqual([2, message]);
    const ofFolder = await runPolicy(["check", "--synth", "shop-prod-data", "--plan", "plan.json"], { files });
    expect([ofFolder.exitCode, ofFolder.err]).toEqual([2, message]);
  });

  test("two of one stack are refused", async () => {
    const { exitCode, err } = await runPolicy(["check", "--plan", "a=one.json", "a=two.json"], {
      files: { "one.json": plan(), "two.json": plan() },
    });
    expect([exitCode, err]).toEqual([2, "one.json, two.json: there must not be several plans of the stack `a`"]);
  });

  test("alone, as anyone's", async () => {
    const { exitCode, out } = await runPolicy(["check", "--plan", "plan.json", "--stage", "staging", ...RULE], {
      files: { "plan.json": plan() },
    });
    expect(exitCode).toBe(0);
    expect(out).toContain("ADVISORY  1 finding in plan.json stops nothing");
    expect(out).toContain("at    plan: aws_cloudwatch_log_group.app");
  });

  test("a saved plan is no JSON, and how to make it one is told", async () => {
    const { exitCode, err } = await runPolicy(["check", "--plan", "tfplan"], {
      files: { tfplan: "PK\u0003\u0004…" },
    });
    expect([exitCode, err]).toEqual([
      2,
      "tfplan: is a saved plan in Terraform's own format; write one with `terraform show -json PLAN`",
    ]);
  });
});

describe("--objects", () => {
  test("Kubernetes YAML of anyone, findings at its file", async () => {
    const { exitCode, out } = await runPolicy(
      ["check", "--format", "json", "--objects", "k8s/web.yaml", "--pack", "cis-eks"],
      {
        files: { "k8s/web.yaml": deployment("nginx:latest") },
      },
    );
    const { reports } = JSON.parse(out) as { reports: [{ inputs: string[]; subjects: object }] };
    expect(exitCode).toBe(1);
    expect(reports[0].inputs).toEqual(["objects k8s/web.yaml"]);
    expect(reports[0].subjects).toEqual({ resources: 0, objects: 1, changes: 0 });
    const { out: gitlab } = await runPolicy(["check", "--format", "gitlab", "--objects", "k8s/web.yaml"], {
      files: { "k8s/web.yaml": deployment("nginx:latest") },
    });
    const places = (JSON.parse(gitlab) as { location: { path: string } }[]).map(({ location }) => location.path);
    expect(new Set(places)).toEqual(new Set(["k8s/web.yaml"]));
  });

  test("beside an environment they are judged with it", async () => {
    const { out } = await runPolicy(["check", "shop/prod", "--objects", "web.yaml", "--pack", "cis-eks"], {
      files: { "web.yaml": deployment("nginx:latest"), "config/environments/shop/dev.yaml": environmentYaml("dev") },
    });
    expect(out).toMatch(/on 1\s+resource and 1\s+object\n$/);
  });
});
