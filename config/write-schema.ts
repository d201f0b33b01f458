import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { format } from "prettier";
import { environmentJsonSchema } from "./json-schema";

const FILE = join(__dirname, "environment.schema.json");

void format(JSON.stringify(environmentJsonSchema()), { filepath: FILE, printWidth: 120 }).then((text) =>
  writeFileSync(FILE, text),
);
