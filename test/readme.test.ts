import { transformSync } from "@swc/core";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { loadText } from "../config/load-file";
import { ROOT } from "./support/platform";
import { temporaryFolder } from "./support/temporary-folder";

const README = readFileSync(join(ROOT, "README.md"), "utf8");
const { scripts } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as { scripts: Record<string, string> };

/** The fenced blocks of a language, in order. */
function blocks(language: string): string[] {
  return [...README.matchAll(new RegExp(`\`\`\`${language}\\n([^]*?)\`\`\``, "g"))].map(([, text]) => text ?? "");
}

afterEach(() => {
  delete process.env.CDKTF_OUTDIR;
});

test("the construct example synthesises as pasted", () => {
  const [source = ""] = blocks("ts");
  const { code } = transformSync(source, {
    jsc: { parser: { syntax: "typescript" }, target: "es2022" },
    module: { type: "commonjs" },
  });
  const outdir = temporaryFolder();
  process.env.CDKTF_OUTDIR = outdir;
  const load = (name: string): unknown => jest.requireActual(name.startsWith(".") ? join(ROOT, name) : name);
  new Function("require", "exports", code)(load, {});
  expect(existsSync(join(outdir, "stacks/atlas-dev-example/cdk.tf.json"))).toBe(true);
});

test("the example environment is one", () => {
  const [text = ""] = blocks("yaml");
  const place = { id: "atlas/dev", project: "atlas", stage: "dev", file: "dev.yaml" } as const;
  expect(loadText(text, place).config.nodePools.gpu["l4"]?.desiredSize).toBe(1);
});

test("every npm script that it names exists", () => {
  const named = [...README.matchAll(/npm (?:run )?([a-z:]+)/g)].map(([, name]) => name ?? "");
  expect(named.filter((name) => !(name in scripts))).toEqual([]);
});

test("every file that it links to exists", () => {
  const links = [...README.matchAll(/\]\(([^)#]+)\)/g)].map(([, target]) => target ?? "");
  const local = links.filter((target) => !target.startsWith("http"));
  expect(local.filter((target) => !existsSync(join(ROOT, target)))).toEqual([]);
});
