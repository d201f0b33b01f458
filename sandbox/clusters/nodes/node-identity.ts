import { createHash } from "node:crypto";
import type { SubnetFacts } from "../../eks/effects/subnets";
import { SandboxError } from "../../errors";

/** Which machine a node is. */
export interface NodeIdentity {
  /** Private DNS name, as EC2 makes it of the address. */
  readonly name: string;
  /** `i-` and 17 hexadecimal digits. */
  readonly instanceId: string;
  /** IPv4 address in the subnet. */
  readonly address: string;
}

/** Addresses at the start of a subnet that AWS keeps, and at its end. @see https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html */
const KEPT = { first: 4, last: 1 };

/**
 * Makes up an instance: the same seed in the same subnet gives the same one, unless its address is taken.
 *
 * @param seed names the start of the instance, never used twice
 * @param taken names of the nodes that exist
 * @throws SandboxError SANDBOX_REQUEST_REFUSED when the subnet has no free address
 */
export function nodeIdentity(
  seed: string,
  subnet: Pick<SubnetFacts, "id" | "cidr">,
  region: string,
  taken: ReadonlySet<string>,
): NodeIdentity {
  const digest = createHash("sha256").update(seed).digest();
  const [network = "", length = "32"] = subnet.cidr.split("/");
  const usable = 2 ** (32 - Number(length)) - KEPT.first - KEPT.last;
  const begin = digest.readUInt32BE(0);
  for (let attempt = 0; attempt < usable; attempt++) {
    const offset = KEPT.first + ((begin + attempt) % usable);
    const address = dotted(numberOf(network) + offset);
    const name = nodeName(address, region);
    if (!taken.has(name)) return { name, address, instanceId: `i-${digest.toString("hex").slice(8, 25)}` };
  }
  throw new SandboxError("SANDBOX_REQUEST_REFUSED", `Subnet ${subnet.id} (${subnet.cidr}) has no free address`);
}

/** @returns the DNS name that EC2 gives an address */
export function nodeName(address: string, region: string): string {
  const zone = region === "us-east-1" ? "ec2.internal" : `${region}.compute.internal`;
  return `ip-${address.replaceAll(".", "-")}.${zone}`;
}

function numberOf(address: string): number {
  return address.split(".").reduce((sum, part) => sum * 256 + Number(part), 0);
}

function dotted(number: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(number / 2 ** shift) % 256).join(".");
}
