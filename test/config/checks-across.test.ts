import { checkAcross } from "../../config/checks-across";
import { formatProblem } from "../../config/config-error";
import { loadText, type LoadedEnvironment } from "../../config/load-file";
import { VALID } from "./environment-fixture";

type Stage = "dev" | "staging" | "prod";

function environment(
  project: string,
  stage: Stage,
  change: (text: string) => string = (text) => text,
): LoadedEnvironment {
  const text = VALID.replace("project: atlas", `project: ${project}`).replace("stage: dev", `stage: ${stage}`);
  return loadText(change(text), { id: `${project}/${stage}`, project, stage, file: `${project}/${stage}.yaml` });
}

const withCidr = (cidr: string) => (text: string) => text.replace("10.20.0.0/16", cidr);
const messages = (...environments: LoadedEnvironment[]) => checkAcross(environments).map(formatProblem);

describe("environments beside each other", () => {
  test("are accepted with ranges side by side and the state bucket of their account", () => {
    expect(messages(environment("atlas", "dev"), environment("atlas", "prod", withCidr("10.21.0.0/16")))).toEqual([]);
  });

  test("are refused with the same addresses in one project", () => {
    expect(messages(environment("atlas", "dev"), environment("atlas", "prod", withCidr("10.20.64.0/18")))).toEqual([
      'atlas/prod.yaml:7 network.cidr: must not overlap 10.20.0.0/16 of atlas/dev (atlas/dev.yaml:7), got "10.20.64.0/18"',
    ]);
  });

  test("are refused with the same addresses in two projects", () => {
    expect(messages(environment("atlas", "dev"), environment("zeus", "dev"))).toEqual([
      'zeus/dev.yaml:7 network.cidr: must not overlap 10.20.0.0/16 of atlas/dev (atlas/dev.yaml:7), got "10.20.0.0/16"',
    ]);
  });

  test("are reported once for each pair that overlaps", () => {
    const all = (["dev", "staging", "prod"] as const).map((stage) => environment("atlas", stage));

    expect(messages(...all)).toHaveLength(3);
  });

  test("are refused with one state for two environments", () => {
    const twin = environment("atlas", "dev", withCidr("10.21.0.0/16"));

    expect(messages(environment("atlas", "dev"), twin)).toEqual([
      'atlas/dev.yaml:1 state.bucket: must not keep its states where atlas/dev does (atlas/dev.yaml:1), got "s3://flightdeck-state-111111111111-us-east-1/atlas/dev/*.tfstate"',
    ]);
  });

  test("are refused with one state bucket in two accounts, since bucket names are global", () => {
    const states = (text: string) => `${text}state: {bucket: acme-states}\n`;
    const moved = (text: string) => states(withCidr("10.21.0.0/16")(text)).replaceAll("111111111111", "222222222222");

    expect(messages(environment("atlas", "dev", states), environment("atlas", "prod", moved))).toEqual([
      'atlas/prod.yaml:17 state.bucket: must not have the bucket name of atlas/dev (atlas/dev.yaml:17): bucket names are global, got "acme-states"',
    ]);
  });

  test("are refused with states in a store", () => {
    const inStore = (text: string) =>
      `${withCidr("10.21.0.0/16")(text)}state: {bucket: atlas-dev-models-111111111111-us-east-1}\n`;

    expect(messages(environment("atlas", "dev"), environment("atlas", "prod", inStore))).toEqual([
      'atlas/prod.yaml:17 state.bucket: must not have the bucket name of atlas/dev (atlas/dev.yaml:1): bucket names are global, got "atlas-dev-models-111111111111-us-east-1"',
    ]);
  });
});
