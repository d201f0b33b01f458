import { environment, synthesizedStack } from "../../support/platform";

const prod = synthesizedStack(environment("atlas/prod"), "data");

test("there is a repository for each name of the config, and a cache for each registry", () => {
  const names = Object.values(prod.resources("aws_ecr_repository")).map((repository) => repository["name"]);
  expect(names.sort()).toEqual(["atlas-prod/model-monitor", "atlas-prod/serving", "atlas-prod/training"]);
  const upstreams = Object.values(prod.resources("aws_ecr_pull_through_cache_rule")).map(
    (rule) => rule["upstream_registry_url"],
  );
  expect(upstreams.sort()).toEqual(["public.ecr.aws", "quay.io", "registry.k8s.io"]);
});

test("as many images are kept as the config says", () => {
  const policies = prod.resources("aws_ecr_lifecycle_policy");
  const kept = Object.entries(policies).map(([path, { policy }]) => [
    path.split("/")[0],
    /"countType":"imageCountMoreThan","countNumber":(\d+)/.exec(String(policy))?.[1],
  ]);
  expect(Object.fromEntries(kept)).toEqual({
    "Images-model-monitor": "50",
    "Images-serving": "200",
    "Images-training": "50",
  });
});
