import { mustBeAtLeast } from "../../engine/expect";
import { resourceRule } from "../../engine/rule";
import { notApplicable } from "../../engine/verdict";
import { engineOf, isReplica } from "./private/database-kinds";
import { database } from "./private/example-database";

/** Storage of Aurora grows without. */
export const rdsStorageLimit = resourceRule({
  id: "FD-RDS-019",
  slug: "rds-storage-limit",
  title: "Disks of databases grow by themselves, up to a limit",
  severity: "low",
  packs: ["baseline", "mlops", "cost"],
  why: "A full disk stops the database; MLflow then loses the metrics of every run that is going on.",
  fix: "Set `max_allocated_storage` above `allocated_storage`.",
  types: ["aws_db_instance"],
  judge: (resource) => {
    if (isReplica(resource) || engineOf(resource).startsWith("aurora")) return notApplicable();
    const least = (resource.at("allocated_storage").number ?? 0) + 1;
    return mustBeAtLeast(resource.at("max_allocated_storage"), least, 0);
  },
  examples: {
    failing: database({ allocated_storage: 100 }),
    passing: database({ allocated_storage: 100, max_allocated_storage: 500 }),
    unknown: database({ allocated_storage: 100, max_allocated_storage: "${var.most}" }),
  },
});
