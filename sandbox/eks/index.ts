import { repositoryCatalog } from "./repository-catalog";
import { EksService } from "./service";

export type { ApplyContext, AwsPort, EksRequest, EksResponse } from "./contract";
export { EksService, type EksEffects } from "./service";
export type {
  AccessEntrySnapshot,
  AddonSnapshot,
  ClusterSnapshot,
  EksSnapshot,
  NodeGroupSnapshot,
  PodIdentitySnapshot,
} from "./snapshot";

/** @returns the service with the facts of this repository's catalogue */
export function createEksService(): EksService {
  return new EksService(repositoryCatalog());
}
