import { createHash } from "node:crypto";
import { AwsFault } from "../elasticache/aws-fault";

/** How a secret's value is to be made, as CloudFormation takes it. */
export type GenerateSecretString = Readonly<Record<string, unknown>>;

const KINDS = [
  { option: "ExcludeLowercase", characters: "abcdefghijklmnopqrstuvwxyz" },
  { option: "ExcludeUppercase", characters: "ABCDEFGHIJKLMNOPQRSTUVWXYZ" },
  { option: "ExcludeNumbers", characters: "0123456789" },
  { option: "ExcludePunctuation", characters: "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~" },
];
const OPTIONS = [
  ...KINDS.map(({ option }) => option),
  "ExcludeCharacters",
  "GenerateStringKey",
  "IncludeSpace",
  "PasswordLength",
  "RequireEachIncludedType",
  "SecretStringTemplate",
];

/**
 * The value of a secret with a made-up password: in a JSON object under its key, or alone.
 *
 * @param seed decides the password: a replay of the same call must make the same one
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-properties-secretsmanager-secret-generatesecretstring.html
 */
export function generateSecretString(how: GenerateSecretString, seed: string): string {
  const unknown = Object.keys(how).filter((name) => !OPTIONS.includes(name));
  if (unknown.length > 0) {
    throw new AwsFault("ValidationError", `Encountered unsupported property ${unknown.join(", ")}`);
  }
  const password = passwordOf(how, seed);
  const key = how["GenerateStringKey"];
  if (key === undefined) return password;
  const template = JSON.parse(String(how["SecretStringTemplate"] ?? "{}")) as object;
  return JSON.stringify({ ...template, [String(key)]: password });
}

function passwordOf(how: GenerateSecretString, seed: string): string {
  const excluded = String(how["ExcludeCharacters"] ?? "");
  const length = Number(how["PasswordLength"] ?? 32);
  const kinds = KINDS.filter(({ option }) => how[option] !== true)
    .map(({ characters }) => [...characters].filter((one) => !excluded.includes(one)).join(""))
    .filter((characters) => characters !== "");
  const all = kinds.join("") + (how["IncludeSpace"] === true ? " " : "");
  if (all === "" || length < 1) throw new AwsFault("ValidationError", "No character is left for the password.");
  const pick = (characters: string, index: number) => characters.charAt(numberOf(seed, index) % characters.length);
  // Each kind appears, whichever the others turn out to be.
  const first = how["RequireEachIncludedType"] === false ? [] : kinds.map((kind, index) => pick(kind, index));
  const rest = Array.from({ length: Math.max(0, length - first.length) }, (_, index) =>
    pick(all, first.length + index),
  );
  return [...first, ...rest].slice(0, length).join("");
}

function numberOf(seed: string, index: number): number {
  return createHash("sha256").update(`${seed}/${index}`).digest().readUInt32BE();
}
