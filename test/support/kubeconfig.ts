import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { promisify } from "node:util";
import { parse } from "yaml";
import type { ApiConnection } from "../../sandbox/kubernetes/api-connection";

/** A kubeconfig that asks a command for its tokens. */
export interface TokenKubeconfig {
  readonly clusters: readonly [
    { readonly cluster: { readonly server: string; readonly "certificate-authority": string } },
  ];
  readonly users: readonly [{ readonly user: { readonly exec: TokenCommand } }];
}

interface TokenCommand {
  readonly command: string;
  readonly args: readonly string[];
  readonly env: readonly { readonly name: string; readonly value: string }[];
}

/** Reads a kubeconfig. */
export function readTokenKubeconfig(text: string): TokenKubeconfig {
  return parse(text) as TokenKubeconfig;
}

/**
 * The connection of a kubeconfig, with a token of its command, as kubectl gets it.
 *
 * @param change puts another command in its place
 */
export async function tokenConnection(
  { clusters, users }: TokenKubeconfig,
  change: (args: readonly string[]) => readonly string[] = (args) => args,
): Promise<ApiConnection> {
  const [{ cluster }] = clusters;
  const { command, args, env } = users[0].user.exec;
  const variables = Object.fromEntries(env.map(({ name, value }) => [name, value]));
  const { stdout } = await promisify(execFile)(command, [...change(args)], { env: { ...process.env, ...variables } });
  const { status } = JSON.parse(stdout) as { readonly status: { readonly token: string } };
  return {
    server: cluster.server,
    certificateAuthority: readFileSync(cluster["certificate-authority"], "utf8"),
    identity: { token: status.token },
  };
}
