import type { Construct } from "constructs";
import type { CiConfig } from "../../config";
import {
  CiApplyRole,
  CiPlanRole,
  CiProvider,
  type CiSystem,
  type EnvironmentIdentity,
  type ICiProvider,
  PermissionsBoundary,
} from "../../constructs";

/** What the roles are made of. */
export interface PipelinesProps {
  /** The environment the pipelines deploy. */
  readonly identity: EnvironmentIdentity;
  /** The pipelines. */
  readonly ci: CiConfig;
  /** Name of the bucket with the Terraform states. */
  readonly stateBucket: string;
  /** Whether the environment is protected: pipelines then may not empty its stores. */
  readonly protectedFromDeletion: boolean;
}

/** Defines the roles of pipelines: one that plans, for pull requests, and one that applies. */
export function definePipelines(scope: Construct, props: PipelinesProps): void {
  const { identity, ci, stateBucket } = props;
  const mayEmptyStores = !props.protectedFromDeletion;
  const boundary = PermissionsBoundary.fromPermissionsBoundaryAttributes(scope, "Boundary", {
    policyArn: PermissionsBoundary.policyArnOf(identity),
  });
  const shared = { identity, state: { bucketName: stateBucket }, boundary };
  if (ci.github) {
    const { repository, environment, providerArn } = ci.github;
    const provider = providerOf(scope, { identity, system: "github", providerArn });
    new CiPlanRole(scope, "GithubPlan", { ...shared, provider, repository });
    new CiApplyRole(scope, "GithubApply", {
      ...shared,
      provider,
      repository,
      protectedEnvironment: environment,
      mayEmptyStores,
    });
  }
  if (ci.gitlab) {
    const { project: repository, branch, host, providerArn } = ci.gitlab;
    const provider = providerOf(scope, { identity, system: "gitlab", providerArn, issuerUrl: `https://${host}` });
    new CiPlanRole(scope, "GitlabPlan", { ...shared, provider, repository });
    new CiApplyRole(scope, "GitlabApply", { ...shared, provider, repository, protectedBranch: branch, mayEmptyStores });
  }
}

interface ProviderSettings {
  readonly identity: EnvironmentIdentity;
  readonly system: CiSystem;
  readonly providerArn?: string;
  readonly issuerUrl?: string;
}

/** An account has one provider for each issuer, so it is often there already. */
function providerOf(scope: Construct, { providerArn, ...settings }: ProviderSettings): ICiProvider {
  const id = settings.system === "github" ? "Github" : "Gitlab";
  return providerArn === undefined
    ? new CiProvider(scope, id, settings)
    : CiProvider.fromCiProviderAttributes(scope, id, { system: settings.system, providerArn });
}
