import { readFileSync } from "node:fs";
import { join } from "node:path";

const read = (name: string): string => readFileSync(join(__dirname, "..", "..", "toolchain", name), "utf8");

test("every package is pinned and hashed, and none names a server", () => {
  const entries = read("requirements.txt")
    .split(/\n(?=\S)/)
    .filter((entry) => !entry.startsWith("#"));
  expect(entries.filter((entry) => !/^[\w.-]+==\S+/.test(entry) || !entry.includes("--hash=sha256:"))).toEqual([]);
  expect(read("requirements.txt")).not.toMatch(/:\/\/|--index-url|--find-links/);
});

test.each(["moto", "awscli"])("what is asked for is what is pinned: %s", (name) => {
  const version = new RegExp(`^${name}(?:\\[server\\])?==(\\S+)$`, "m").exec(read("requirements.in"))?.[1] ?? "none";
  expect(read("requirements.txt")).toContain(`\n${name}==${version} `);
});
