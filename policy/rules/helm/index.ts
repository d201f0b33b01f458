import type { Rule } from "../../engine/rule";
import { helmAtomic } from "./helm-atomic";
import { helmCatalogVersion } from "./helm-catalog-version";
import { helmChecksOn } from "./helm-checks-on";
import { helmCleanupOnFail } from "./helm-cleanup-on-fail";
import { helmControllerReplicas } from "./helm-controller-replicas";
import { helmDefinitionsInstalled } from "./helm-definitions-installed";
import { helmGrafanaPassword } from "./helm-grafana-password";
import { helmHistoryBounded } from "./helm-history-bounded";
import { helmImageTags } from "./helm-image-tags";
import { helmKnownValues } from "./helm-known-values";
import { helmMetricsPersistent } from "./helm-metrics-persistent";
import { helmMetricsRetention } from "./helm-metrics-retention";
import { helmMlflowArtifacts } from "./helm-mlflow-artifacts";
import { helmNamespaceNotDefault } from "./helm-namespace-not-default";
import { helmNoCreateNamespace } from "./helm-no-create-namespace";
import { helmNoForce } from "./helm-no-force";
import { helmNoSecretInValues } from "./helm-no-secret-in-values";
import { helmRepositoryTrusted } from "./helm-repository-trusted";
import { helmTimeout } from "./helm-timeout";
import { helmVersionPinned } from "./helm-version-pinned";
import { helmWait } from "./helm-wait";

/** Rules for releases of Helm charts. */
export const helmRules: readonly Rule[] = [
  helmVersionPinned,
  helmRepositoryTrusted,
  helmWait,
  helmAtomic,
  helmTimeout,
  helmCleanupOnFail,
  helmHistoryBounded,
  helmNoSecretInValues,
  helmGrafanaPassword,
  helmMetricsPersistent,
  helmMetricsRetention,
  helmMlflowArtifacts,
  helmNamespaceNotDefault,
  helmKnownValues,
  helmCatalogVersion,
  helmNoCreateNamespace,
  helmImageTags,
  helmControllerReplicas,
  helmDefinitionsInstalled,
  helmChecksOn,
  helmNoForce,
];
