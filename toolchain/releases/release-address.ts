import { terraformPlatform } from "../host";
import type { Host } from "../host";
import { ToolchainError } from "../toolchain-error";
import type { ReleasedProgram } from "./program-release";

/** Fills a pin and a machine into a template. */
export function fillTemplate(template: string, { version }: Pick<ReleasedProgram, "version">, host: Host): string {
  const [major = "", minor = ""] = version.split(".");
  const [os = "", arch = ""] = terraformPlatform(host).split("_");
  const values: Readonly<Record<string, string>> = { version, major, minor, os, arch };
  return template.replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);
}

/**
 * The address that an official one is fetched from: itself, or below `FLIGHTDECK_TOOLS_MIRROR`, which is laid out like
 * the upstreams: `<mirror>/dl.k8s.io/release/…`, `<mirror>/github.com/etcd-io/…`.
 *
 * @throws ToolchainError `TOOLS_MIRROR_INVALID` unless the mirror is an `https` address, or one of this machine
 */
export function mirroredAddress(address: string, host: Host): string {
  const mirror = host.env.FLIGHTDECK_TOOLS_MIRROR;
  if (!mirror) return address;
  if (!URL.canParse(mirror) || !isSafe(new URL(mirror))) {
    throw new ToolchainError(
      "TOOLS_MIRROR_INVALID",
      `FLIGHTDECK_TOOLS_MIRROR must be an https address, as in https://mirror.example.com/tools, got \`${mirror}\``,
    );
  }
  return `${mirror.replace(/\/+$/, "")}/${address.replace("https://", "")}`;
}

function isSafe({ protocol, hostname }: URL): boolean {
  return protocol === "https:" || (protocol === "http:" && ["127.0.0.1", "localhost", "[::1]"].includes(hostname));
}
