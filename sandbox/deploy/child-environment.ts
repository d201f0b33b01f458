import { delimiter } from "node:path";

type Variables = Readonly<Record<string, string | undefined>>;

/** What the environment of cdktf and Terraform in the sandbox depends on. */
export interface ChildEnvironmentOptions {
  /** Address of the gateway. */
  readonly endpoint: string;
  /** Folder for the synthesised stacks. */
  readonly outputFolder: string;
  /** As `TERRAFORM_BINARY_NAME`. */
  readonly terraformBinary: string;
  /**
   * Terraform CLI configuration to use.
   * @default - Terraform's own choice
   */
  readonly terraformCliConfig?: string;
  /**
   * Folder with the AWS command line, for a PATH without one: the Kubernetes and Helm providers ask it for their tokens.
   * @default - the PATH as it is
   */
  readonly awsCliFolder?: string;
}

/**
 * Variables that make the stock `cdktf` work on the sandbox. yargs reads every option of cdktf from `CDKTF_…`.
 *
 * The AWS ones keep a profile of the user, with real credentials, away from the provider. Terraform's plugin cache
 * takes a package for a lock file without checksums only when told that it may.
 */
export function sandboxVariables(options: ChildEnvironmentOptions): Record<string, string> {
  return {
    FLIGHTDECK_SANDBOX_ENDPOINT: options.endpoint,
    CDKTF_OUTPUT: options.outputFolder,
    CDKTF_SKIP_PROVIDER_LOCK: "true",
    CHECKPOINT_DISABLE: "1",
    TERRAFORM_BINARY_NAME: options.terraformBinary,
    ...(options.terraformCliConfig && { TF_CLI_CONFIG_FILE: options.terraformCliConfig }),
    TF_PLUGIN_CACHE_MAY_BREAK_DEPENDENCY_LOCK_FILE: "1",
    AWS_CONFIG_FILE: "/dev/null",
    AWS_SHARED_CREDENTIALS_FILE: "/dev/null",
    AWS_EC2_METADATA_DISABLED: "true",
  };
}

const UNWANTED =
  /^(AWS_|KUBE_|KUBECONFIG$|HELM_(?!REGISTRY)|TF_CLI_ARGS|TF_VAR_|TF_WORKSPACE$|TF_DATA_DIR$|TF_LOG|CDKTF_|FORCE_COLOR$|NODE_OPTIONS$)/;
const WANTED = new Set(["TF_LOG_PATH", "CDKTF_LOG_LEVEL"]);

/** The whole environment of a cdktf run of ours: the user's, without what would lead it elsewhere. */
export function childEnvironment(own: Variables, options: ChildEnvironmentOptions): Record<string, string> {
  const kept = Object.entries(own).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && (!UNWANTED.test(entry[0]) || WANTED.has(entry[0])),
  );
  const loopback = ["127.0.0.1", "localhost"];
  const noProxy = [own.NO_PROXY ?? own.no_proxy, ...loopback].filter(Boolean).join(",");
  return {
    ...Object.fromEntries(kept),
    ...sandboxVariables(options),
    ...withAwsCli(own, options),
    CI: "1",
    NO_COLOR: "1",
    TF_IN_AUTOMATION: "1",
    NO_PROXY: noProxy,
    no_proxy: noProxy,
  };
}

/** The user's own command line comes first. */
function withAwsCli({ PATH = "" }: Variables, { awsCliFolder }: ChildEnvironmentOptions): Record<string, string> {
  return awsCliFolder === undefined ? {} : { PATH: [PATH, awsCliFolder].filter((part) => part !== "").join(delimiter) };
}
