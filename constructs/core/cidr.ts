import { IPv4 } from "ipaddr.js";
import { ValidationError } from "./errors";

/**
 * An IPv4 address range, such as `10.0.0.0/16`.
 *
 * @example
 * Cidr.of("10.0.0.0/16").subnet(18, 1).toString(); // "10.0.64.0/18"
 */
export class Cidr {
  /** @throws ValidationError `INVALID_CIDR` when the text is no IPv4 range, or its address is not the first of the range */
  static of(text: string): Cidr {
    const rule = Cidr.problemOf(text);
    if (rule !== undefined) throw new ValidationError("INVALID_CIDR", [{ prop: "cidr", rule, got: text }]);
    const [address, prefix] = IPv4.parseCIDR(text);
    return new Cidr(toNumber(address), prefix);
  }

  /** The rule that a text breaks as a range, or undefined when it is one: for checks that collect problems. */
  static problemOf(text: string): string | undefined {
    const wellFormed = /^\d{1,3}(\.\d{1,3}){3}\/\d{1,2}$/.test(text) && IPv4.isValidCIDR(text);
    if (!wellFormed) return "must be an IPv4 range such as 10.0.0.0/16";
    const first = IPv4.networkAddressFromCIDR(text).toString();
    return text.startsWith(`${first}/`)
      ? undefined
      : `must start at the first address of its range (${first}/${text.split("/")[1]})`;
  }

  private constructor(
    private readonly first: number,
    /** Length of the prefix in bits: 16 in `10.0.0.0/16`. */
    readonly prefix: number,
  ) {}

  /** How many addresses the range has, with those that AWS keeps for itself. */
  get size(): number {
    return 2 ** (32 - this.prefix);
  }

  /**
   * The part number `index` (from 0) when this range is cut into ranges of the given prefix.
   *
   * @throws ValidationError `INVALID_CIDR` when there is no such part
   */
  subnet(prefix: number, index: number): Cidr {
    const size = 2 ** (32 - prefix);
    const fits = prefix >= this.prefix && prefix <= 32 && index >= 0 && (index + 1) * size <= this.size;
    if (!fits)
      throw new ValidationError("INVALID_CIDR", `${this.toString()} has no part number ${index} of size /${prefix}`);
    return new Cidr(this.first + index * size, prefix);
  }

  /** Whether all addresses of the other range are in this one. */
  contains(other: Cidr): boolean {
    return other.first >= this.first && other.first + other.size <= this.first + this.size;
  }

  /** Whether the two ranges share an address. */
  overlaps(other: Cidr): boolean {
    return this.first < other.first + other.size && other.first < this.first + this.size;
  }

  /** The range as text: `10.0.0.0/16`. */
  toString(): string {
    const octets = [24, 16, 8, 0].map((shift) => Math.floor(this.first / 2 ** shift) % 256);
    return `${octets.join(".")}/${this.prefix}`;
  }
}

function toNumber(address: IPv4): number {
  return address.octets.reduce((sum, octet) => sum * 256 + octet, 0);
}
