import { mustNotBe } from "../../engine/expect";
import { resourceRule } from "../../engine/rule";
import { SERVER_TYPES } from "./private/database-kinds";
import { database } from "./private/example-database";

/** Private unless told otherwise. */
export const rdsNotPublic = resourceRule({
  id: "FD-RDS-003",
  slug: "rds-not-public",
  title: "Databases have no public address",
  severity: "high",
  packs: ["baseline", "mlops"],
  why: "The name of the database then leads to an address on the internet, where one open security group is all that is missing.",
  fix: "Leave `publicly_accessible` out, or set it to false.",
  sameAs: { checkov: ["CKV_AWS_17"], trivy: ["AWS-0180"] },
  types: SERVER_TYPES,
  judge: (resource) => mustNotBe(resource.at("publicly_accessible"), true),
  examples: {
    failing: database({ publicly_accessible: true }),
    passing: database({}),
    unknown: database({ publicly_accessible: "${var.public}" }),
  },
});
