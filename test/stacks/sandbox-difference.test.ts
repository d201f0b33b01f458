import { SERVICES_IN_USE } from "../../stacks/deployment-target";
import { allEnvironments, SANDBOX, synthesizePlatforms } from "../support/platform";

const production = synthesizePlatforms(allEnvironments());
const sandbox = synthesizePlatforms(allEnvironments(), SANDBOX);
const stackIds = Object.keys(production.texts);

const CREDENTIALS = ["access_key", "secret_key"];
/** The command that makes tokens of the cluster is told where AWS is. */
const TOKEN_COMMANDS = ["provider.helm[0].kubernetes.exec.env", "provider.kubernetes[0].exec[0].env"];
const BACKEND = [...CREDENTIALS, "endpoints", "use_path_style"];

describe.each(stackIds)("%s in the sandbox", (id) => {
  const json = JSON.parse(sandbox.texts[id]!) as SandboxJson;

  test("differs from production in provider endpoints, credentials and the address of states, and in nothing else", () => {
    const readStates = Object.keys(json.data?.terraform_remote_state ?? {});
    const allowed = [
      ...json.provider.aws.flatMap((_provider, index) =>
        [...CREDENTIALS, "endpoints", "s3_use_path_style"].map((name) => `provider.aws[${index}].${name}`),
      ),
      ...(json.provider.kubernetes ? TOKEN_COMMANDS : []),
      ...BACKEND.map((name) => `terraform.backend.s3.${name}`),
      ...readStates.flatMap((state) => BACKEND.map((name) => `data.terraform_remote_state.${state}.config.${name}`)),
    ];
    expect(differences(JSON.parse(production.texts[id]!), json).sort()).toEqual(allowed.sort());
  });

  test("tells the command that makes tokens of the cluster where the gateway is, and who asks", () => {
    const account = json.provider.aws[0]!.allowed_account_ids[0];
    for (const path of json.provider.kubernetes ? TOKEN_COMMANDS : []) {
      expect(valueAt(json, path)).toEqual({
        AWS_ENDPOINT_URL: (SANDBOX as { endpoint: string }).endpoint,
        AWS_ACCESS_KEY_ID: `FD-${account}-${id}`,
        AWS_SECRET_ACCESS_KEY: "sandbox",
        AWS_SESSION_TOKEN: "",
      });
    }
  });

  test("sends every service in use to the gateway, and no request without naming account and stack", () => {
    const account = json.provider.aws[0]!.allowed_account_ids[0];
    const { endpoint } = SANDBOX as { endpoint: string };
    for (const provider of json.provider.aws) {
      expect(provider).toMatchObject({
        access_key: `FD-${account}-${id}`,
        endpoints: [Object.fromEntries(SERVICES_IN_USE.map((service) => [service, endpoint]))],
      });
    }
    expect(json.terraform.backend.s3).toMatchObject({
      access_key: `FD-${account}-${id}`,
      endpoints: { s3: endpoint, sts: endpoint },
    });
  });
});

test("the stacks depend on each other as in production", () => {
  expect(sandbox.dependencies).toEqual(production.dependencies);
});

interface SandboxJson {
  readonly provider: {
    readonly aws: readonly { readonly allowed_account_ids: readonly [string] }[];
    readonly kubernetes?: readonly object[];
  };
  readonly terraform: { readonly backend: { readonly s3: object } };
  readonly data?: { readonly terraform_remote_state: object };
}

function valueAt(json: unknown, path: string): unknown {
  const keys = path.split(/[.[\]]+/).filter((key) => key !== "");
  return keys.reduce((value, key) => (value as Record<string, unknown>)[key], json);
}

/** Paths at which two JSON values differ: the shortest path to what is there on one side only, or is another value. */
function differences(one: unknown, other: unknown, path = ""): string[] {
  if (Array.isArray(one) && Array.isArray(other) && one.length === other.length) {
    return one.flatMap((item, index) => differences(item, other[index], `${path}[${index}]`));
  }
  if (isObject(one) && isObject(other)) {
    const keys = new Set([...Object.keys(one), ...Object.keys(other)]);
    return [...keys].flatMap((key) => differences(one[key], other[key], path === "" ? key : `${path}.${key}`));
  }
  return JSON.stringify(one) === JSON.stringify(other) ? [] : [path];
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
