import { mustNotBe } from "../../engine/expect";
import { resourceRule } from "../../engine/rule";
import { notApplicable } from "../../engine/verdict";
import { helmRelease } from "../helm/private/example-release";
import { judgeValue } from "../helm/private/release-values";
import { chartNameOf } from "../helm/private/releases";

export const logsInObjectStorage = resourceRule({
  id: "FD-OBS-009",
  slug: "logs-in-object-storage",
  title: "In production, Loki keeps logs in object storage",
  severity: "medium",
  packs: ["mlops"],
  why: "On the disk of a pod logs are in one zone, as many as the disk holds, and gone with it.",
  fix: "Set `loki.storage.type: s3` with the names of buckets, and a role of EKS Pod Identity for the service account.",
  types: ["helm_release"],
  judge: (release, { environment }) =>
    environment.stage === "prod" && chartNameOf(release) === "loki"
      ? judgeValue(release, "loki.storage.type", (type) => mustNotBe(type, "filesystem"))
      : notApplicable(),
  examples: {
    failing: { terraform: helmRelease({ chart: "loki" }, { loki: { storage: { type: "filesystem" } } }) },
    passing: { terraform: helmRelease({ chart: "loki" }, { loki: { storage: { type: "s3" } } }) },
    unknown: { terraform: helmRelease({ chart: "loki", values: ["${file(var.values)}"] }) },
  },
});
