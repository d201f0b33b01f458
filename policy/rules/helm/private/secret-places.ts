import type { Resource } from "../../../engine/subject";
import type { Value } from "../../../engine/value";
import { hidden, isHarmless, isSecretName, refersToSecret, secretInText } from "../../k8s/private/secret-values";
import { chartNameOf } from "./releases";

/** Beside one of these, a value such as `passwordKey` names a key of an existing secret. */
const NAMES_A_SECRET = /(^name$|^remoteRef$|secret[-_]?name$|^existing|secret[-_]?ref$|^secret$)/i;
const KEY_OF_SECRET = /(key|property)$/i;
/** Where the charts with Grafana in them keep its values. */
const GRAFANA: Readonly<Record<string, string>> = { grafana: "", "kube-prometheus-stack": "grafana." };

/** A place in values that holds a secret, and how a message shows it. */
export interface SecretPlace {
  readonly path: string;
  readonly what: string;
}

/** Every place in values that holds a secret, by its name, its looks or what it refers to. */
export function secretsIn(value: Value): readonly SecretPlace[] {
  if (value.unknown) return refersToSecret(value) ? [{ path: value.path, what: value.toString() }] : [];
  if (typeof value.literal === "string") return placeOf(value, secretInText(value.literal), value.literal);
  if (Array.isArray(value.literal)) return value.items.flatMap(secretsIn);
  return value.keys.flatMap((key) => {
    const child = value.at([key]);
    return isSecretEntry(value, key, child)
      ? placeOf(child, "one by its name", String(child.literal))
      : secretsIn(child);
  });
}

/** Beginning of the paths of Grafana's values in the chart of a release; undefined for charts without Grafana. */
export function grafanaPrefixOf(release: Resource): string | undefined {
  return GRAFANA[chartNameOf(release) ?? ""];
}

/** Whether a path is the password of Grafana's administrator, of which another rule speaks. */
export function isGrafanaPassword(release: Resource, path: string): boolean {
  const prefix = grafanaPrefixOf(release);
  return prefix !== undefined && path === `values.${prefix}adminPassword`;
}

function placeOf({ path }: Value, what: string | undefined, text: string): readonly SecretPlace[] {
  return what === undefined ? [] : [{ path, what: `${hidden(text)}: ${what}` }];
}

/** An entry of a map, or the value of a variable `{ name: DB_PASSWORD, value: … }`. */
function isSecretEntry(map: Value, key: string, child: Value): boolean {
  const { literal } = child;
  if (typeof literal !== "string" || isHarmless(literal)) return false;
  const variable = map.at("name").text;
  if (key === "value" && variable !== undefined) return isSecretName(variable);
  if (!isSecretName(key)) return false;
  return !(KEY_OF_SECRET.test(key) && map.keys.some((sibling) => NAMES_A_SECRET.test(sibling)));
}
