import type { Block, CompliantEnvironment, Mutant, MutableTerraformJson } from "./mutant";

const BUCKET = "flightdeck-state-333333333333-us-east-1";

function stack({ stacks }: CompliantEnvironment, layer: string): MutableTerraformJson {
  return stacks[`atlas-prod-${layer}`]!;
}

function backendOf(environment: CompliantEnvironment, layer: string): Block {
  const { terraform } = stack(environment, layer) as { terraform: { backend: { s3: Block } } };
  return terraform.backend.s3;
}

function providerOf(environment: CompliantEnvironment, layer: string): Block {
  const { provider } = stack(environment, layer) as { provider: { aws: Block[] } };
  return provider.aws[0]!;
}

function read(environment: CompliantEnvironment, layer: string, key: string): void {
  const json = stack(environment, layer);
  const reads = json.data?.["terraform_remote_state"];
  const config = { bucket: BUCKET, region: "us-east-1", key };
  json.data = { ...json.data, terraform_remote_state: { ...reads, added: { backend: "s3", config } } };
}

/** One broken attribute for each rule of states, providers and what stacks read from each other. */
export const mutants: readonly Mutant[] = [
  {
    rule: "FD-STACK-001",
    what: "an output goes that another stack reads",
    change: (environment: CompliantEnvironment): void => {
      const json = stack(environment, "cluster");
      const outputs = Object.entries(json["output"] as Block);
      json["output"] = Object.fromEntries(outputs.filter(([name]) => !name.includes("certificate_authority")));
    },
  },
  {
    rule: "FD-STACK-002",
    what: "production reads development",
    change: (environment: CompliantEnvironment): void => read(environment, "controllers", "atlas/dev/network.tfstate"),
  },
  {
    rule: "FD-STACK-003",
    what: "two stacks have one state",
    change: (environment: CompliantEnvironment): void => {
      backendOf(environment, "complement")["key"] = backendOf(environment, "controllers")["key"];
    },
  },
  {
    rule: "FD-STACK-004",
    what: "a state is written without asking for encryption",
    change: (environment: CompliantEnvironment): void => {
      backendOf(environment, "data")["encrypt"] = false;
    },
  },
  {
    rule: "FD-STACK-005",
    what: "a state is not locked",
    change: (environment: CompliantEnvironment): void => {
      delete backendOf(environment, "data")["use_lockfile"];
    },
  },
  {
    rule: "FD-STACK-006",
    what: "a state lies on a disk",
    change: (environment: CompliantEnvironment): void => {
      const { terraform } = stack(environment, "controllers") as { terraform: Block };
      terraform["backend"] = { local: { path: "terraform.tfstate" } };
    },
  },
  {
    rule: "FD-STACK-007",
    what: "a provider may be of any later version",
    change: (environment: CompliantEnvironment): void => {
      const { terraform } = stack(environment, "data") as { terraform: { required_providers: { aws: Block } } };
      terraform.required_providers.aws["version"] = ">= 5.100.0";
    },
  },
  {
    rule: "FD-STACK-008",
    what: "the network reads the cluster, which reads the network",
    change: (environment: CompliantEnvironment): void => read(environment, "network", "atlas/prod/cluster.tfstate"),
  },
  {
    rule: "FD-STACK-009",
    what: "any account will do",
    change: (environment: CompliantEnvironment): void => {
      delete providerOf(environment, "data")["allowed_account_ids"];
    },
  },
  {
    rule: "FD-STACK-009",
    what: "another account is named",
    change: (environment: CompliantEnvironment): void => {
      providerOf(environment, "data")["allowed_account_ids"] = ["999999999999"];
    },
  },
];
