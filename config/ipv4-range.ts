import ipaddr from "ipaddr.js";

/** An IPv4 range as the numbers of its first and last address. */
export interface Ipv4Range {
  /** First address as an unsigned 32-bit number. */
  readonly first: number;
  /** Last address as an unsigned 32-bit number. */
  readonly last: number;
  /** Prefix length, 0 to 32. */
  readonly prefix: number;
  /** The range as it should be written: from its first address. */
  readonly aligned: string;
}

/** Reads `10.20.0.0/16`; `undefined` when it is no IPv4 range in dotted decimal CIDR notation. */
export function parseIpv4Range(text: string): Ipv4Range | undefined {
  if (!ipaddr.IPv4.isValidCIDRFourPartDecimal(text)) return undefined;
  const [address, prefix] = ipaddr.IPv4.parseCIDR(text);
  const size = 2 ** (32 - prefix);
  const given = address.toByteArray().reduce((number, byte) => number * 256 + byte, 0);
  const first = given - (given % size);
  return { first, last: first + size - 1, prefix, aligned: `${dotted(first)}/${prefix}` };
}

/** Reads those of the texts that are ranges. */
export function parseIpv4Ranges(texts: readonly string[]): Ipv4Range[] {
  return texts.map(parseIpv4Range).filter((range) => range !== undefined);
}

/** Whether two ranges share an address. */
export function rangesOverlap(a: Ipv4Range, b: Ipv4Range): boolean {
  return a.first <= b.last && b.first <= a.last;
}

/** Whether every address of `inner` is in `outer`. */
export function rangeContains(outer: Ipv4Range, inner: Ipv4Range): boolean {
  return outer.first <= inner.first && inner.last <= outer.last;
}

function dotted(address: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join(".");
}
