import { databaseAuthorities, tryFindDatabaseAuthority } from "../../../catalog";
import { resourceRule } from "../../engine/rule";
import { fail, pass, unknown } from "../../engine/verdict";
import { SERVER_TYPES } from "./private/database-kinds";
import { database } from "./private/example-database";

/** Without the argument RDS takes the one that is the default of the account, which is none that has expired. */
export const rdsAuthority = resourceRule({
  id: "FD-RDS-014",
  slug: "rds-authority",
  title: "Certificates of databases come from an authority that is still valid",
  severity: "medium",
  packs: ["baseline"],
  why: "Clients that check the certificate cannot connect once its authority has expired; those that do not are open to anyone.",
  fix: "Leave `ca_cert_identifier` out, or set it to one of those that are valid.",
  sameAs: { checkov: ["CKV_AWS_211"] },
  types: SERVER_TYPES,
  judge: (resource, { today }) => {
    const name = resource.at("ca_cert_identifier");
    if (name.absent) return pass();
    const about = { attribute: name.path };
    const rule = `\`${name.path}\` must be one of ${validOn(today).join(", ")}`;
    if (name.unknown) return unknown(`${rule}, and is known only after apply: ${name.toString()}`, about);
    const authority = tryFindDatabaseAuthority(String(name.literal));
    if (!authority) return unknown(`${rule}, and ${name.toString()} is not in the table of authorities`, about);
    if (authority.expires >= today) return pass();
    return fail(`${rule}, got ${name.toString()}, which expired on ${authority.expires}`, about);
  },
  examples: {
    failing: database({ ca_cert_identifier: "rds-ca-2019" }),
    passing: database({ ca_cert_identifier: "rds-ca-rsa2048-g1" }),
    unknown: database({ ca_cert_identifier: "${var.authority}" }),
  },
});

function validOn(day: string): readonly string[] {
  return databaseAuthorities()
    .filter(({ expires }) => expires >= day)
    .map(({ name }) => name);
}
