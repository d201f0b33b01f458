import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { ConfigError, type EnvironmentConfig } from "../../config";
import { loadText } from "../../config/load-file";
import { temporaryFolder } from "../support/temporary-folder";

/** A small environment with nothing wrong; tests change a line of it. */
export const VALID = `project: atlas
stage: dev
account: "111111111111"
region: us-east-1
owner: ml-platform@example.com
network:
  cidr: 10.20.0.0/16
  zones: [us-east-1a, us-east-1b]
cluster:
  version: "1.36"
  admins: ["arn:aws:iam::111111111111:role/platform-admin"]
nodePools:
  gpu:
    l4:
      instanceTypes: [g6.xlarge, g6.2xlarge]
      maxSize: 2
`;

/** The place of `VALID`. */
export const DEV = { id: "atlas/dev", project: "atlas", stage: "dev", file: "dev.yaml" } as const;

/** The environment with one part of its text replaced; with nothing to replace, the text is added at the end. */
export function withChange(before: string, after: string): string {
  if (before === "") return `${VALID}${after}`;
  if (!VALID.includes(before)) throw new RangeError(`the fixture has no ${before}`);
  return VALID.replace(before, after);
}

/** The whole message about a text that is refused; "" when it is accepted. */
export function refusal(text: string): string {
  return messageOf(() => loadText(text, DEV));
}

/** The environment of a text that is accepted. */
export function accepted(text: string): EnvironmentConfig {
  return loadText(text, DEV).config;
}

/** The message of the ConfigError that a call throws; "" when it throws none. */
export function messageOf(call: () => unknown): string {
  try {
    call();
    return "";
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
}

/** A folder of its own with the given files, path by path. */
export function folderWith(files: Readonly<Record<string, string>>): string {
  const root = temporaryFolder();
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
}
