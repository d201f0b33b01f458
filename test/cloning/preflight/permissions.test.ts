import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const ROOT = join(__dirname, "../../..");
const SOURCES = join(ROOT, "cloning/preflight/aws");

test("the page about preflight names every permission it needs, and no other", () => {
  const code = readdirSync(SOURCES)
    .map((file) => readFileSync(join(SOURCES, file), "utf8"))
    .join("\n");
  const needed = [...code.matchAll(/question\("([^"]+)"/g)].map(([, action]) => action!);
  const page = readFileSync(join(ROOT, "docs/preflight.md"), "utf8");
  const [, policy = ""] = /```json\n(.*?)```/s.exec(page) ?? [];
  const { Statement } = JSON.parse(policy) as { Statement: { Action: string[] }[] };
  // AWS lets everybody ask whose their credentials are.
  const expected = new Set(needed.filter((action) => action !== "sts:GetCallerIdentity"));
  expect(Statement[0]!.Action).toEqual([...expected].sort());
});

test("nothing but reading is asked for", () => {
  const code = readdirSync(SOURCES).map((file) => readFileSync(join(SOURCES, file), "utf8"));
  const commands = code.flatMap((text) => [...text.matchAll(/new (\w+)Command\(|paginate(\w+)\(/g)]);
  const names = commands.map(([, sent, paged]) => sent ?? paged!);
  expect(names.length).toBeGreaterThan(20);
  expect(names.filter((name) => !/^(Describe|Get|Head|List)/.test(name))).toEqual([]);
});
