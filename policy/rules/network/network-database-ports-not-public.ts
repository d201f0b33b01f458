import { resourceRule } from "../../engine/rule";
import { ingress } from "./private/examples";
import { judgeOpening } from "./private/judge-opening";
import { TRAFFIC_TYPES } from "../private/security-group-traffic";

/** Whatever the group is attached to: a port of a database is never meant for everyone. */
export const networkDatabasePortsNotPublic = resourceRule({
  id: "FD-NET-004",
  slug: "network-database-ports-not-public",
  title: "Ports of databases cannot be reached from the internet",
  severity: "critical",
  packs: ["baseline", "mlops"],
  why: "Databases and caches are made to be reached by their services only; on the internet their passwords are guessed all day.",
  fix: "Let the security group of the clients in, not a range of addresses.",
  sameAs: { trivy: ["AWS-0107"], cdkNag: ["AwsSolutions-EC23"] },
  types: TRAFFIC_TYPES,
  judge: judgeOpening("ingress", ["database"]),
  examples: { failing: ingress(5432, "0.0.0.0/0"), passing: ingress(5432, "10.24.0.0/16") },
});
