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

  describe("in one account", () => {
    const second = withCidr("10.21.0.0/16");
    const elsewhere = (text: string) => second(text).replaceAll("111111111111", "222222222222");
    const github = (more = "") => `ci: {github: {repository: o/n, environment: e${more}}}\n`;
    const gitlab = (more = "") => `ci: {gitlab: {project: g/p${more}}}\n`;
    const GITHUB = "arn:aws:iam::111111111111:oidc-provider/token.actions.githubusercontent.com";

    test.each([
      ["github", "token.actions.githubusercontent.com", github()],
      ["gitlab", "gitlab.com", gitlab()],
      ["gitlab", "git.example", gitlab(", host: git.example")],
    ])("are refused where both make the provider of %s at %s", (system, issuer, ci) => {
      const both = [
        environment("atlas", "dev", (text) => text + ci),
        environment("zeus", "prod", (text) => second(text) + ci),
      ];

      expect(messages(...both)).toEqual([
        `zeus/prod.yaml:17 ci.${system}.providerArn: must be given: atlas/dev makes the provider of ${issuer} already (atlas/dev.yaml:17), and IAM allows an account one for each issuer; allowed: arn:aws:iam::111111111111:oidc-provider/${issuer}`,
      ]);
    });

    test.each([
      ["the second names the provider", github(), second, github(`, providerArn: "${GITHUB}"`)],
      ["the first names the provider", github(`, providerArn: "${GITHUB}"`), second, github()],
      ["they trust other hosts", gitlab(), second, gitlab(", host: git.example")],
      ["they trust other systems", gitlab(), second, github()],
      ["they are in two accounts after all", github(), elsewhere, github()],
    ])("are accepted where %s", (_what, ci, change, other) => {
      const both = [
        environment("atlas", "dev", (text) => text + ci),
        environment("zeus", "prod", (text) => change(text) + other),
      ];

      expect(messages(...both)).toEqual([]);
    });

    const message =
      'atlas-staging/prod.yaml:1 project: must not give names that begin with "atlas-staging-", as those of atlas/staging do (atlas/staging.yaml:1): IAM rights in account 111111111111 go by the beginning of a name, got "atlas-staging"';

    test.each([
      ["first", false],
      ["last", true],
    ])("are refused where names of one begin as all of the other's do, the shorter %s", (_where, reversed) => {
      const both = [environment("atlas", "staging"), environment("atlas-staging", "prod", second)];

      expect(messages(...(reversed ? both.reverse() : both))).toEqual([message]);
    });

    test.each([
      ["only words begin alike", "atlas-stagings", second],
      ["they are in two accounts after all", "atlas-staging", elsewhere],
    ])("are accepted where %s", (_what, project, change) => {
      expect(messages(environment("atlas", "staging"), environment(project, "prod", change))).toEqual([]);
    });
  });
});
