import { createRequire } from "node:module";
import type { PreflightAws } from "../../cloning/preflight";
import type { findCredentials, sdkPreflightAws } from "../../cloning/preflight/aws/sdk-preflight-aws";
import type { EnvironmentConfig } from "../../config";
import { sandboxAccessKey } from "../../sandbox";
import { CliError } from "../cli-error";
import type { CliContext } from "../context";
import { requireSandbox } from "../sandbox/require-sandbox";

/** Who is asked. */
export type Connection =
  | { readonly kind: "aws"; readonly aws: PreflightAws }
  | { readonly kind: "sandbox"; readonly endpoint: string; readonly aws: PreflightAws }
  | { readonly kind: "nobody"; readonly reason: string };

/** What the user said about it. */
export interface ConnectOptions {
  /** The sandbox of this machine. */
  readonly sandbox?: boolean;
  /** Nobody. */
  readonly offline?: boolean;
}

/** Finds whom to ask about an environment. */
export type Connect = (context: CliContext, config: EnvironmentConfig, options: ConnectOptions) => Promise<Connection>;

interface SdkModule {
  readonly findCredentials: typeof findCredentials;
  readonly sdkPreflightAws: typeof sdkPreflightAws;
}

/** What the chain of credentials says when it has come to its end without any. */
const NO_CREDENTIALS = /Could not load credentials from any providers/;

/** Variables that promise credentials: where one is set and there are none, something is wrong with it. */
const PROMISES = [
  "AWS_PROFILE",
  "AWS_ACCESS_KEY_ID",
  "AWS_WEB_IDENTITY_TOKEN_FILE",
  "AWS_CONTAINER_CREDENTIALS_FULL_URI",
  "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
];

const LOOPBACK_ADDRESS = /^http:\/\/(127\.0\.0\.1|localhost|\[::1\]):\d{1,5}$/;

/**
 * The sandbox when `--sandbox` says so or the shell is turned to it, else AWS when there are credentials, else nobody.
 *
 * @throws CliError exit 2 when there are credentials that cannot be used; exit 1 when the sandbox does not run
 */
export const connect: Connect = async (context, config, { sandbox, offline }) => {
  if (offline) return { kind: "nobody", reason: "as --offline says" };
  const endpoint = sandbox ? (await requireSandbox(context)).endpoint : endpointOfShell(context);
  return endpoint === undefined ? connectToAws(context, config) : connectToSandbox(config, endpoint);
};

function endpointOfShell({ host }: CliContext): string | undefined {
  const endpoint = host.env.FLIGHTDECK_SANDBOX_ENDPOINT;
  if (!endpoint) return undefined;
  if (LOOPBACK_ADDRESS.test(endpoint)) return endpoint;
  const rule = "must be an address of this machine, as in http://127.0.0.1:4566, without a path";
  throw new CliError(2, `FLIGHTDECK_SANDBOX_ENDPOINT ${rule}, got \`${endpoint}\``);
}

function connectToSandbox({ account, region }: EnvironmentConfig, endpoint: string): Connection {
  const credentials = { accessKeyId: sandboxAccessKey(account, "preflight"), secretAccessKey: "sandbox" };
  return { kind: "sandbox", endpoint, aws: loadClients().sdkPreflightAws(region, { endpoint, credentials }) };
}

async function connectToAws({ host }: CliContext, { region }: EnvironmentConfig): Promise<Connection> {
  const clients = loadClients();
  try {
    await clients.findCredentials(region);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const promise = PROMISES.find((name) => host.env[name]);
    if (NO_CREDENTIALS.test(reason) && promise === undefined) {
      return { kind: "nobody", reason: "there are no credentials for it" };
    }
    if (NO_CREDENTIALS.test(reason))
      throw new CliError(2, `${promise} is set, but there are no AWS credentials there.`);
    throw new CliError(2, `The AWS credentials cannot be used: ${reason}`);
  }
  return { kind: "aws", aws: clients.sdkPreflightAws(region, {}) };
}

/** The clients take as long to load as all the rest of the command line, so that no other command does. */
function loadClients(): SdkModule {
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = "true";
  return createRequire(__filename)("../../cloning/preflight/aws/sdk-preflight-aws") as SdkModule;
}
