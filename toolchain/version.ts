/** Major, minor and patch of a released version; a pre-release suffix is not kept. */
export type Version = readonly [major: number, minor: number, patch: number];

/** Reads the first `x.y` or `x.y.z` in a text such as `Terraform v1.11.4` or `Python 3.12.1`. */
export function parseVersion(text: string): Version | undefined {
  const match = /(\d+)\.(\d+)(?:\.(\d+))?/.exec(text);
  return match ? [Number(match[1]), Number(match[2]), Number(match[3] ?? 0)] : undefined;
}

/** True when `version` is `minimum` or later. */
export function isAtLeast(version: Version, minimum: Version): boolean {
  for (const part of [0, 1, 2] as const) {
    if (version[part] !== minimum[part]) return version[part] > minimum[part];
  }
  return true;
}

/** `1.11.4` */
export function formatVersion(version: Version): string {
  return version.join(".");
}
