import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { drawEnvironment, PICTURES } from "../../tools/draw-pictures";

test.each(PICTURES)(
  "$path is what the code draws for $environment (npm run pictures draws it anew)",
  async ({ environment, path }) => {
    const committed = readFileSync(resolve(__dirname, "../..", path), "utf8");
    expect(await drawEnvironment(environment)).toBe(committed);
  },
  30_000,
);
