/**
 * The family of a rule, from its id: `FD-EKS-001` is of `eks`.
 *
 * @param id `<PREFIX>-<FAMILY>-<three digits>`
 */
export function familyOf(id: string): string {
  return (id.split("-").at(-2) ?? "").toLowerCase();
}
