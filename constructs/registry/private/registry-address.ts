import type { EnvironmentIdentity } from "../../core/naming";
import { partitionOf } from "../../core/partition";

/** Host of the private registry of an account in a region, as image names begin. */
export function registryHost({ account, region }: EnvironmentIdentity): string {
  const domain = partitionOf(region) === "aws-cn" ? "amazonaws.com.cn" : "amazonaws.com";
  return `${account}.dkr.ecr.${region}.${domain}`;
}

/** ARN of the repositories whose name matches. */
export function repositoryArn({ account, region }: EnvironmentIdentity, name: string): string {
  return `arn:${partitionOf(region)}:ecr:${region}:${account}:repository/${name}`;
}
