import type { EnvironmentDraft, Finding } from "../draft";
import { poolsOf } from "./pools";

/** Where charts come from, and whether each way of sharing GPUs has a controller that sets it up. */
export function* checkControllers(draft: EnvironmentDraft): Generator<Finding> {
  const { charts, gpus, enabled } = draft.controllers ?? {};
  if (charts?.mirror !== undefined && charts.folder !== undefined) {
    const rule = "must be left out where controllers.charts.mirror is given: charts come from one place";
    yield { path: ["controllers", "charts", "folder"], rule, got: charts.folder };
  }
  if (charts?.folder?.startsWith("/") || charts?.folder?.split("/").includes("..")) {
    const rule = "must be a folder of the repository, relative to its root";
    yield { path: ["controllers", "charts", "folder"], rule, got: charts.folder };
  }
  if (enabled === false || gpus !== "device-plugin") return;
  for (const { path, pool } of poolsOf(draft)) {
    if (!("sharing" in pool) || pool.sharing?.mig === undefined || pool.operatingSystem === "bottlerocket") continue;
    const rule = "must be left out, or controllers.gpus be gpu-operator: the device plugin alone cuts no GPU";
    yield {
      path: [...path, "sharing", "mig"],
      rule,
      got: pool.sharing.mig.profile,
      allowed: "Bottlerocket cuts its own",
    };
  }
}
