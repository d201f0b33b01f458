import { format } from "prettier";
import { command } from "./catalog-charts/command";

command(
  (line) => process.stdout.write(`${line}\n`),
  (text, filepath) => format(text, { filepath, printWidth: 120 }),
)
  .parseAsync()
  .catch((error: Error) => {
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  });
