import { environmentRule } from "../../engine/rule";
import type { Example } from "../../engine/rule";
import type { Resource } from "../../engine/subject";
import { Unresolved } from "../../engine/unresolved";
import { allOf, fail, pass } from "../../engine/verdict";
import type { Fault } from "../../engine/verdict";
import { allProvidersOf } from "../private/stack-parts";
import { SECRET_ARGUMENTS } from "./private/secret-arguments";
import { secretsIn } from "./private/secret-patterns";

const lambda = (uri: string): Example => ({
  terraform: {
    resource: {
      aws_lambda_function: { track: { function_name: "track", environment: { variables: { STORE: uri } } } },
    },
  },
});

/** What other rules look at: AWS keys in user data, passwords of databases, and what a chart or manifest is given. */
const ELSEWHERE: readonly RegExp[] = [
  /^aws_(launch_template|launch_configuration|instance)\.user_data(_base64)? an AWS/,
  /^aws_(db_instance|rds_cluster)\.(master_)?password/,
  /^(helm_release|kubernetes_)/,
];

/** Looks at every text of every resource, whatever its type, and of every provider. What is found is never written out. */
export const secretPatternsAbsent = environmentRule({
  id: "FD-SEC-004",
  slug: "secret-patterns-absent",
  title: "No argument holds what looks like a key, token or password",
  severity: "critical",
  packs: ["baseline"],
  why: "Everyone who reads the code, its history, a plan or the state can use it, and so can whoever finds it in a log.",
  fix: "Take the secret back at its issuer, keep the new one in Secrets Manager, and refer to it.",
  sameAs: { checkov: ["CKV_AWS_41", "CKV_AWS_45", "CKV_SECRET_2", "CKV_SECRET_4", "CKV_SECRET_13"] },
  judge: ({ graph }) =>
    [
      ...graph.resources.map((subject) => ({ subject, content: subject.values as unknown })),
      ...allProvidersOf(graph).map(({ subject, value }) => ({ subject, content: value.literal })),
    ].map(({ subject, content }) => {
      const faults = textsIn(content, "").flatMap(([path, text]) => faultsOf(subject, path, text));
      return {
        subject,
        verdict: faults.length > 0 ? allOf(faults.map(({ message, ...about }) => fail(message, about))) : pass(),
      };
    }),
  examples: {
    failing: lambda("postgres://mlflow:correct-horse@db.internal:5432/mlflow"),
    passing: lambda("postgres://mlflow:${var.password}@db.internal:5432/mlflow"),
  },
});

function faultsOf(resource: Resource, path: string, text: string): readonly Fault[] {
  const argument = path.replace(/\[\d+\]/g, "");
  if ((SECRET_ARGUMENTS[resource.type] ?? []).includes(argument)) return [];
  return secretsIn(text)
    .filter((name) => !ELSEWHERE.some((pattern) => pattern.test(`${resource.type}.${argument} ${name}`)))
    .map((name) => ({ message: `\`${path}\` must hold no secret, got ${name}`, attribute: path, key: name }));
}

/** Every text in a value with the path to it. */
function textsIn(content: unknown, path: string): readonly (readonly [path: string, text: string])[] {
  if (typeof content === "string") return [[path, content]];
  if (content instanceof Unresolved) return content.text === undefined ? [] : [[path, content.text]];
  if (Array.isArray(content)) return content.flatMap((item, index) => textsIn(item, `${path}[${index}]`));
  if (typeof content !== "object" || content === null) return [];
  return Object.entries(content).flatMap(([name, item]) => textsIn(item, path === "" ? name : `${path}.${name}`));
}
