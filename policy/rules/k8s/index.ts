import type { Rule } from "../../engine/rule";
import { k8sApiServed } from "./k8s-api-served";
import { k8sCpuLimit } from "./k8s-cpu-limit";
import { k8sDisruptionBudget } from "./k8s-disruption-budget";
import { k8sDisruptionBudgetYields } from "./k8s-disruption-budget-yields";
import { k8sDropCapabilities } from "./k8s-drop-capabilities";
import { k8sEmptyDirLimited } from "./k8s-empty-dir-limited";
import { k8sHighUserId } from "./k8s-high-user-id";
import { k8sImageDigest } from "./k8s-image-digest";
import { k8sImageRegistry } from "./k8s-image-registry";
import { k8sImageTagFixed } from "./k8s-image-tag-fixed";
import { k8sIngressTls } from "./k8s-ingress-tls";
import { k8sLivenessProbe } from "./k8s-liveness-probe";
import { k8sMemoryLimit } from "./k8s-memory-limit";
import { k8sMemoryVolumeLimited } from "./k8s-memory-volume-limited";
import { k8sModelServerGrace } from "./k8s-model-server-grace";
import { k8sNamespaceBounded } from "./k8s-namespace-bounded";
import { k8sNamespaceNotDefault } from "./k8s-namespace-not-default";
import { k8sNetworkPolicyDefaultDeny } from "./k8s-network-policy-default-deny";
import { k8sNoAddedCapabilities } from "./k8s-no-added-capabilities";
import { k8sNoCredentialsInConfigMap } from "./k8s-no-credentials-in-config-map";
import { k8sNoCredentialsInEnv } from "./k8s-no-credentials-in-env";
import { k8sNoExternalIps } from "./k8s-no-external-ips";
import { k8sNoHostNamespaces } from "./k8s-no-host-namespaces";
import { k8sNoHostPath } from "./k8s-no-host-path";
import { k8sNoHostPort } from "./k8s-no-host-port";
import { k8sNoLiteralSecret } from "./k8s-no-literal-secret";
import { k8sNoNodePort } from "./k8s-no-node-port";
import { k8sNoPrivilegeEscalation } from "./k8s-no-privilege-escalation";
import { k8sNoPrivilegedContainer } from "./k8s-no-privileged-container";
import { k8sNoRuntimeSocket } from "./k8s-no-runtime-socket";
import { k8sPodSecurityStandard } from "./k8s-pod-security-standard";
import { k8sRbacNoClusterAdmin } from "./k8s-rbac-no-cluster-admin";
import { k8sRbacNoDefaultAccount } from "./k8s-rbac-no-default-account";
import { k8sRbacNoEscalation } from "./k8s-rbac-no-escalation";
import { k8sRbacNoEveryone } from "./k8s-rbac-no-everyone";
import { k8sRbacNoNarrowWildcards } from "./k8s-rbac-no-narrow-wildcards";
import { k8sRbacNoSecretsClusterWide } from "./k8s-rbac-no-secrets-cluster-wide";
import { k8sRbacNoWildcards } from "./k8s-rbac-no-wildcards";
import { k8sReadOnlyRootFilesystem } from "./k8s-read-only-root-filesystem";
import { k8sReadinessProbe } from "./k8s-readiness-probe";
import { k8sReplicasInProd } from "./k8s-replicas-in-prod";
import { k8sResourceRequests } from "./k8s-resource-requests";
import { k8sRunAsNonRoot } from "./k8s-run-as-non-root";
import { k8sSeccompProfile } from "./k8s-seccomp-profile";
import { k8sSecretsAsFiles } from "./k8s-secrets-as-files";
import { k8sServiceAccountToken } from "./k8s-service-account-token";
import { k8sSpread } from "./k8s-spread";
import { k8sStorageClassEncrypted } from "./k8s-storage-class-encrypted";
import { k8sStorageClassExists } from "./k8s-storage-class-exists";
import { k8sStorageClassKey } from "./k8s-storage-class-key";
import { k8sVolumeRetained } from "./k8s-volume-retained";

/** Rules for Kubernetes objects. */
export const k8sRules: readonly Rule[] = [
  k8sNoPrivilegedContainer,
  k8sNoPrivilegeEscalation,
  k8sNoHostNamespaces,
  k8sNoHostPort,
  k8sReadOnlyRootFilesystem,
  k8sRunAsNonRoot,
  k8sHighUserId,
  k8sDropCapabilities,
  k8sNoAddedCapabilities,
  k8sResourceRequests,
  k8sMemoryLimit,
  k8sCpuLimit,
  k8sLivenessProbe,
  k8sReadinessProbe,
  k8sImageTagFixed,
  k8sImageDigest,
  k8sNamespaceNotDefault,
  k8sServiceAccountToken,
  k8sSeccompProfile,
  k8sNoRuntimeSocket,
  k8sNoHostPath,
  k8sSecretsAsFiles,
  k8sNoCredentialsInEnv,
  k8sNoCredentialsInConfigMap,
  k8sNoLiteralSecret,
  k8sRbacNoWildcards,
  k8sRbacNoClusterAdmin,
  k8sRbacNoEscalation,
  k8sRbacNoSecretsClusterWide,
  k8sRbacNoDefaultAccount,
  k8sRbacNoEveryone,
  k8sNetworkPolicyDefaultDeny,
  k8sPodSecurityStandard,
  k8sIngressTls,
  k8sNoExternalIps,
  k8sNoNodePort,
  k8sApiServed,
  k8sDisruptionBudget,
  k8sDisruptionBudgetYields,
  k8sReplicasInProd,
  k8sSpread,
  k8sImageRegistry,
  k8sStorageClassEncrypted,
  k8sStorageClassKey,
  k8sStorageClassExists,
  k8sVolumeRetained,
  k8sNamespaceBounded,
  k8sModelServerGrace,
  k8sMemoryVolumeLimited,
  k8sEmptyDirLimited,
  k8sRbacNoNarrowWildcards,
];
