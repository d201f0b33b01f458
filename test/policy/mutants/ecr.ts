import { put, removeResource, resourceOf } from "./mutant";
import type { Block, CompliantEnvironment, Mutant } from "./mutant";
import { openToEveryone } from "./policy-text";

const repository = (environment: CompliantEnvironment): Block =>
  resourceOf(environment, "aws_ecr_repository", "Images-serving");

export const mutants: readonly Mutant[] = [
  {
    rule: "FD-ECR-001",
    what: "tags can be moved",
    change: (environment) => put(repository(environment), "image_tag_mutability", "MUTABLE"),
  },
  {
    rule: "FD-ECR-002",
    what: "ECR encrypts with a key of its own",
    change: (environment) => put(repository(environment), "encryption_configuration", undefined),
  },
  {
    rule: "FD-ECR-002",
    what: "KMS encrypts with a key of AWS",
    change: (environment) => put(repository(environment), "encryption_configuration.kms_key", undefined),
  },
  {
    rule: "FD-ECR-002",
    what: "repositories made for cached images encrypt with a key of ECR",
    change: (environment) =>
      put(
        resourceOf(environment, "aws_ecr_repository_creation_template"),
        "encryption_configuration.encryption_type",
        "AES256",
      ),
  },
  {
    rule: "FD-ECR-003",
    what: "images are not scanned",
    change: (environment) => put(repository(environment), "image_scanning_configuration.scan_on_push", false),
  },
  {
    rule: "FD-ECR-004",
    what: "every account may pull",
    change: (environment) => openToEveryone(resourceOf(environment, "aws_ecr_repository_policy", "serving")),
  },
  {
    rule: "FD-ECR-005",
    what: "old images stay",
    change: (environment) => removeResource(environment, "aws_ecr_lifecycle_policy", "Images-serving"),
  },
  {
    rule: "FD-ECR-006",
    what: "the repository goes with its images",
    change: (environment) => put(repository(environment), "force_delete", true),
  },
];
