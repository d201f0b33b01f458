// Lints texts as if they stood at the given paths, with this repository's own configuration, and prints what was found.
// A process of its own, since the configuration is an ES module. Rules that need types are left out: the files do not exist.
import { readFileSync } from "node:fs";
import { ESLint } from "eslint";
import tseslint from "typescript-eslint";

const eslint = new ESLint({ cwd: process.cwd(), overrideConfig: [tseslint.configs.disableTypeChecked] });
const cases = JSON.parse(readFileSync(0, "utf8"));
const found = await Promise.all(
  cases.map(async ({ path, text }) => {
    const [result] = await eslint.lintText(text, { filePath: path });
    return result.messages.map(({ line, ruleId, message }) => `${line} ${ruleId}: ${message}`);
  }),
);
process.stdout.write(JSON.stringify(found));
