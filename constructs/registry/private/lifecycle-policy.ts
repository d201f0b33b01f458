/** How long images stay. */
export interface ImageRetention {
  /** Days after which an image without a tag is deleted. */
  readonly untaggedExpiryDays: number;
  /**
   * How many tagged images are kept, the newest.
   *
   * @default - all
   */
  readonly keepTagged?: number;
}

/**
 * A lifecycle policy in the form ECR gives it back, so that it reads the same in each plan.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/lifecycle_policy_parameters.html
 */
export function lifecyclePolicy({ untaggedExpiryDays, keepTagged }: ImageRetention): string {
  const untagged = {
    rulePriority: 1,
    description: `Delete images without a tag after ${untaggedExpiryDays} days`,
    selection: {
      tagStatus: "untagged",
      countType: "sinceImagePushed",
      countUnit: "days",
      countNumber: untaggedExpiryDays,
    },
    action: { type: "expire" },
  };
  const tagged = {
    rulePriority: 2,
    description: `Keep the newest ${keepTagged} tagged images`,
    selection: {
      tagStatus: "tagged",
      tagPatternList: ["*"],
      countType: "imageCountMoreThan",
      countNumber: keepTagged,
    },
    action: { type: "expire" },
  };
  return JSON.stringify({ rules: keepTagged === undefined ? [untagged] : [untagged, tagged] });
}
