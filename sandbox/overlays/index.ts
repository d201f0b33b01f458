import { budgetsAlerts } from "./budgets-alerts";
import { budgetsTags } from "./budgets-tags";
import { cloudFormation } from "./cloudformation";
import { ec2CapacityReservations } from "./ec2-capacity-reservations";
import { ec2EndpointRoutes } from "./ec2-endpoint-routes";
import { ec2LaunchTemplateTags } from "./ec2-launch-template-tags";
import { ec2PlacementGroups } from "./ec2-placement-groups";
import { ec2RuleDescriptions } from "./ec2-rule-descriptions";
import { ec2UnrecordedOfferings } from "./ec2-unrecorded-offerings";
import { ecrCreationTemplates } from "./ecr-creation-templates";
import { ecrPullThroughRules } from "./ecr-pull-through-rules";
import { elastiCache } from "./elasticache";
import { CacheStates } from "./elasticache/cache-state";
import { kmsRotationPeriod } from "./kms-rotation-period";
import type { Overlay } from "./overlay";
import { rdsInstances } from "./rds-instances";
import { rdsParameters } from "./rds-parameters";
import { s3ConditionalDeny } from "./s3-conditional-deny";
import { s3ListedConfigurations } from "./s3-listed-configurations";
import { s3Logging } from "./s3-logging";
import { s3Replication } from "./s3-replication";
import { s3RequestPayment } from "./s3-request-payment";
import { servicequotasQuotas } from "./servicequotas-quotas";

/** Everything the sandbox knows better than moto, with nothing remembered yet. */
export function createOverlays(): readonly Overlay[] {
  const caches = new CacheStates();
  return [
    budgetsAlerts(),
    budgetsTags(),
    ec2CapacityReservations(),
    ec2EndpointRoutes,
    ec2LaunchTemplateTags,
    ec2UnrecordedOfferings,
    ec2PlacementGroups(),
    ec2RuleDescriptions(),
    ecrCreationTemplates(),
    ecrPullThroughRules(),
    kmsRotationPeriod(),
    rdsInstances(),
    rdsParameters(),
    s3ConditionalDeny,
    s3RequestPayment,
    s3Logging(),
    s3Replication(),
    s3ListedConfigurations("InventoryConfiguration"),
    s3ListedConfigurations("IntelligentTieringConfiguration"),
    servicequotasQuotas(),
    elastiCache(caches),
    cloudFormation(caches),
  ];
}
