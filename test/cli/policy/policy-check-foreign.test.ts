import { resolve } from "node:path";
import { runPolicy, type PolicyCliRun } from "./run-policy";

const FOREIGN = resolve(__dirname, "../../policy/fixtures/foreign");

/** Judges a project of another author as its author would, from its folder. */
async function checkIn(folder: string, ...args: string[]): Promise<PolicyCliRun> {
  return runPolicy(["check", ...args], { cwd: resolve(FOREIGN, folder), width: 110 });
}

/** Ids of the rules in a report, in its order, with what stands in the place column of each. */
const found = (out: string): string[] => [...out.matchAll(/^ {2}((?:FD)-[A-Z0-9]+-\d{3}) /gm)].map(([, id = ""]) => id);

test("Terraform JSON with modules: variables are filled in, what is unknown is said so, modules are told", async () => {
  const { exitCode, out } = await checkIn("terraform-json", "--synth", ".", "--stage", "staging");
  expect(exitCode).toBe(1);
  expect(out).toMatch(/^SOFT {2}\d+ findings in terraform-json fail `policy check`\n/);
  expect(found(out)).toEqual(expect.arrayContaining(["FD-NET-001", "FD-RDS-003"]));
  expect(found(out)).not.toContain("FD-RDS-001");
  expect(out).toContain(
    "what  `publicly_accessible` must not be true, got true\n  at    terraform-json: aws_db_instance.main\n",
  );
  expect(out).toMatch(/known only after apply:\s+\$\{var\.engine_version\}/);
  expect(out).toContain('! module "vpc": its resources lie elsewhere and were not judged (terraform-json)\n');
  expect(out).toContain('! module "queue": its resources lie elsewhere and were not judged (terraform-json)\n');
  expect(out).not.toMatch(/atlas|Policy\.of/);
});

test("CDKTF of another author, synthesised elsewhere: findings name the construct", async () => {
  const { exitCode, out } = await checkIn("cdktf", "--synth", "cdktf.out");
  expect(exitCode).toBe(1);
  expect(found(out)).toEqual(expect.arrayContaining(["FD-S3-008", "FD-S3-010", "FD-STACK-006"]));
  expect(out).toContain("  at    payments/exports/bucket\n");
  expect(out).not.toContain("node_modules");
  expect(out).toMatch(/✘ cdktf\.out: 2 hard, .* on 2 resources\n$/);
});

test("Kubernetes YAML of a public example: findings name the object and its line", async () => {
  const { exitCode, out } = await checkIn("kubernetes", "--objects", "guestbook.yaml");
  expect(exitCode).toBe(1);
  expect(found(out)).toEqual(expect.arrayContaining(["FD-K8S-001", "FD-NET-015"]));
  expect(out).toContain("  at    Pod debug  guestbook.yaml:29\n");
  expect(out).toMatch(/ on 3\s+objects\n$/);
});

test("a project in Terraform's own language is sent to its plan", async () => {
  const { exitCode, err } = await checkIn("terraform-json/modules", "--synth", "queue");
  expect([exitCode, err]).toEqual([
    2,
    "queue: must hold *.tf.json or the stacks of CDKTF, and holds 1 file in Terraform's own language, which is judged by its plan (--plan)",
  ]);
});
