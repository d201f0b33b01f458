import { createHash } from "node:crypto";

/** Makes the ids of one journal entry: the same sequence number gives the same ids, in the same order. */
export class IdFactory {
  private count = 0;

  /** @param seq sequence number of the journal entry */
  constructor(private readonly seq: number) {}

  /** @returns `length` (≤ 64) lower-case hexadecimal digits */
  hex(length: number): string {
    return this.digest().slice(0, length);
  }

  /** @returns an id in the form of a UUID of version 4 */
  uuid(): string {
    const h = this.digest();
    const variant = ((parseInt(h.charAt(16), 16) & 0x3) | 0x8).toString(16);
    return `${h.slice(0, 8)}-${h.slice(8, 12)}-4${h.slice(13, 16)}-${variant}${h.slice(17, 20)}-${h.slice(20, 32)}`;
  }

  /** @returns `length` (≤ 32) characters of `0-9a-z`, as in pod identity association ids */
  base36(length: number): string {
    return BigInt(`0x${this.digest()}`).toString(36).padStart(49, "0").slice(-length);
  }

  private digest(): string {
    this.count += 1;
    return createHash("sha256").update(`eks:${this.seq}:${this.count}`).digest("hex");
  }
}
