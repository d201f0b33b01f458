import type { Rule } from "../../engine/rule";
import { iamCiTrustPinsRepository } from "./iam-ci-trust-pins-repository";
import { iamEncryptedStoreHasKey } from "./iam-encrypted-store-has-key";
import { iamIrsaTrustPinsServiceAccount } from "./iam-irsa-trust-pins-service-account";
import { iamNewRolesBounded } from "./iam-new-roles-bounded";
import { iamNoAccessKeys } from "./iam-no-access-keys";
import { iamNoAdminPolicy } from "./iam-no-admin-policy";
import { iamNoAdministratorAccess } from "./iam-no-administrator-access";
import { iamNoAllActions } from "./iam-no-all-actions";
import { iamNoCredentialsExposure } from "./iam-no-credentials-exposure";
import { iamNoDataExfiltration } from "./iam-no-data-exfiltration";
import { iamNoIamFullAccess } from "./iam-no-iam-full-access";
import { iamNoNotAction } from "./iam-no-not-action";
import { iamNoNotResource } from "./iam-no-not-resource";
import { iamNoPermissionsManagement } from "./iam-no-permissions-management";
import { iamNoPrivilegeEscalation } from "./iam-no-privilege-escalation";
import { iamNoUnboundedRead } from "./iam-no-unbounded-read";
import { iamNoUnboundedWrite } from "./iam-no-unbounded-write";
import { iamNoUserPolicies } from "./iam-no-user-policies";
import { iamNoUsers } from "./iam-no-users";
import { iamNoWholeService } from "./iam-no-whole-service";
import { iamOidcTrustPinsAudience } from "./iam-oidc-trust-pins-audience";
import { iamPassRoleNamed } from "./iam-pass-role-named";
import { iamPodIdentityOneServiceAccount } from "./iam-pod-identity-one-service-account";
import { iamServiceTrustNamesSource } from "./iam-service-trust-names-source";
import { iamSessionDuration } from "./iam-session-duration";
import { iamTrustNotPublic } from "./iam-trust-not-public";
import { iamTrustNotWholeAccount } from "./iam-trust-not-whole-account";

/** Rules for identities: what policies allow, and who may take a role. */
export const iamRules: readonly Rule[] = [
  iamNoAdminPolicy,
  iamNoAllActions,
  iamNoWholeService,
  iamNoNotAction,
  iamNoNotResource,
  iamPassRoleNamed,
  iamNoPrivilegeEscalation,
  iamNoCredentialsExposure,
  iamNoDataExfiltration,
  iamNoPermissionsManagement,
  iamNoUnboundedWrite,
  iamNoUnboundedRead,
  iamNoAdministratorAccess,
  iamNoIamFullAccess,
  iamTrustNotPublic,
  iamTrustNotWholeAccount,
  iamCiTrustPinsRepository,
  iamOidcTrustPinsAudience,
  iamIrsaTrustPinsServiceAccount,
  iamPodIdentityOneServiceAccount,
  iamServiceTrustNamesSource,
  iamNoUsers,
  iamNoUserPolicies,
  iamNoAccessKeys,
  iamEncryptedStoreHasKey,
  iamNewRolesBounded,
  iamSessionDuration,
];
