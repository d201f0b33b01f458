import data from "./addon-configuration.json";

type Keys = Readonly<Record<string, readonly string[] | boolean>>;

const KNOWN: Readonly<Record<string, Keys>> = data.addons;

/** @returns the path of the first key that the add-on's schema does not have, as in `$.controller.colour` */
export function unknownKey(addonName: string, configuration: Readonly<Record<string, unknown>>): string | undefined {
  const keys = KNOWN[addonName];
  if (keys === undefined) return undefined;
  for (const [key, value] of Object.entries(configuration)) {
    const allowed = keys[key];
    if (allowed === undefined) return `$.${key}`;
    if (typeof allowed === "boolean" || typeof value !== "object" || value === null) continue;
    const unknown = Object.keys(value).find((inner) => !allowed.includes(inner));
    if (unknown !== undefined) return `$.${key}.${unknown}`;
  }
  return undefined;
}

/** @returns the configuration as an object; undefined for none, for YAML, and for what is no object */
export function parseConfiguration(values: string | undefined): Readonly<Record<string, unknown>> | undefined {
  if (values === undefined || !values.trimStart().startsWith("{")) return undefined;
  return JSON.parse(values) as Record<string, unknown>;
}
