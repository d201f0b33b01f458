import type { Graph } from "../../engine/graph";
import { mustBe } from "../../engine/expect";
import { resourceRule } from "../../engine/rule";
import type { Example } from "../../engine/rule";
import type { Resource } from "../../engine/subject";
import { pass } from "../../engine/verdict";
import { matchesWildcard } from "../private/wildcard";

const repository = (values: object): Example => ({
  terraform: { resource: { aws_ecr_repository: { serving: { name: "atlas-prod/serving", ...values } } } },
});

/** Off unless told otherwise, here or for the whole registry. */
export const ecrScanOnPush = resourceRule({
  id: "FD-ECR-003",
  slug: "ecr-scan-on-push",
  title: "Images are scanned when they are pushed",
  severity: "high",
  packs: ["baseline"],
  why: "Images with known holes are deployed, and nobody is told.",
  fix: "Set `image_scanning_configuration.scan_on_push` to true, or cover the repository by an `aws_ecr_registry_scanning_configuration`.",
  sameAs: { checkov: ["CKV_AWS_163"], trivy: ["AWS-0030"] },
  types: ["aws_ecr_repository"],
  judge: (resource, { graph }) =>
    isScannedByRegistry(resource, graph)
      ? pass()
      : mustBe(resource.at("image_scanning_configuration.scan_on_push"), true),
  examples: {
    failing: repository({}),
    passing: repository({ image_scanning_configuration: { scan_on_push: true } }),
    unknown: repository({ image_scanning_configuration: { scan_on_push: "${var.scan}" } }),
  },
});

function isScannedByRegistry(repository: Resource, graph: Graph): boolean {
  const name = repository.at("name").text ?? "";
  return graph
    .resourcesOf("aws_ecr_registry_scanning_configuration")
    .flatMap((registry) => registry.each("rule"))
    .filter((rule) => ["SCAN_ON_PUSH", "CONTINUOUS_SCAN"].includes(rule.at("scan_frequency").text ?? ""))
    .flatMap((rule) => rule.each("repository_filter.filter"))
    .some((filter) => filter.known && matchesWildcard(filter.text ?? "", name));
}
