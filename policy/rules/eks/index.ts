import type { Rule } from "../../engine/rule";
import { eksAccessForRoles } from "./eks-access-for-roles";
import { eksAddonConflictsDecided } from "./eks-addon-conflicts-decided";
import { eksAddonVersionPinned } from "./eks-addon-version-pinned";
import { eksAuthenticationByApi } from "./eks-authentication-by-api";
import { eksControlPlaneLogs } from "./eks-control-plane-logs";
import { eksEndpointInside } from "./eks-endpoint-inside";
import { eksEndpointPrivate } from "./eks-endpoint-private";
import { eksFewClusterAdmins } from "./eks-few-cluster-admins";
import { eksLogGroupStated } from "./eks-log-group-stated";
import { eksNetworkPoliciesEnforced } from "./eks-network-policies-enforced";
import { eksNoCreatorAdmin } from "./eks-no-creator-admin";
import { eksNoSystemGroups } from "./eks-no-system-groups";
import { eksOidcAudience } from "./eks-oidc-audience";
import { eksOneRolePerServiceAccount } from "./eks-one-role-per-service-account";
import { eksPublicCidrsNarrow } from "./eks-public-cidrs-narrow";
import { eksSecretsEncrypted } from "./eks-secrets-encrypted";
import { eksUpgradePolicyStandard } from "./eks-upgrade-policy-standard";
import { eksVersionStandardSupport } from "./eks-version-standard-support";
import { eksVersionSupported } from "./eks-version-supported";

/** Rules for EKS clusters, their add-ons and who gets in. */
export const eksRules: readonly Rule[] = [
  eksEndpointPrivate,
  eksSecretsEncrypted,
  eksPublicCidrsNarrow,
  eksControlPlaneLogs,
  eksVersionSupported,
  eksVersionStandardSupport,
  eksAuthenticationByApi,
  eksNoCreatorAdmin,
  eksUpgradePolicyStandard,
  eksNoSystemGroups,
  eksFewClusterAdmins,
  eksAccessForRoles,
  eksAddonVersionPinned,
  eksNetworkPoliciesEnforced,
  eksAddonConflictsDecided,
  eksOneRolePerServiceAccount,
  eksOidcAudience,
  eksLogGroupStated,
  eksEndpointInside,
];
