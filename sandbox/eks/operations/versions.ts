import { notFound } from "../errors";
import { addonDetails } from "../model/addon-details";
import type { AddonFacts } from "../model/catalog-port";
import { statusOf, supportedVersions } from "../model/versions";
import { defineOperation } from "./operation";
import { paginate, type PageInput } from "./paginate";

interface AddonVersionsInput extends PageInput {
  readonly addonName?: string;
  readonly kubernetesVersion?: string;
  readonly types?: readonly string[];
  readonly owners?: readonly string[];
  readonly publishers?: readonly string[];
}

export const describeAddonVersions = defineOperation<AddonVersionsInput>({
  mutates: false,
  execute({ catalog }, input) {
    const { addonName, kubernetesVersion, types, owners, publishers } = input;
    const addons = catalog.addons
      .filter((addon) => addonName === undefined || addon.name === addonName)
      .map((addon) => addonInfo(addon, kubernetesVersion))
      .filter((info) => info.addonVersions.length > 0)
      .filter((info) => types?.includes(info.type) ?? true)
      .filter((info) => owners?.includes(info.owner) ?? true)
      .filter((info) => publishers?.includes(info.publisher) ?? true);
    if (addonName !== undefined && addons.length === 0) {
      const on = kubernetesVersion === undefined ? "" : ` on Kubernetes version ${kubernetesVersion}`;
      throw notFound(`No add-on version found for ${addonName}${on}`, { addonName });
    }
    const { page, nextToken } = paginate(addons, input);
    return { addons: page, nextToken };
  },
});

interface ClusterVersionsInput extends PageInput {
  readonly defaultOnly?: boolean;
  readonly includeAll?: boolean;
  readonly clusterVersions?: readonly string[];
  readonly versionStatus?: string;
  readonly status?: string;
}

export const describeClusterVersions = defineOperation<ClusterVersionsInput>({
  mutates: false,
  execute({ catalog }, input) {
    const [newest] = supportedVersions(catalog);
    const wantedStatus = input.versionStatus ?? input.status?.toUpperCase().replace("-", "_");
    const versions = catalog.kubernetesVersions
      .map((facts) => ({
        clusterVersion: facts.version,
        clusterType: "eks",
        defaultPlatformVersion: "eks.1",
        defaultVersion: facts.version === newest,
        releaseDate: seconds(facts.released),
        endOfStandardSupportDate: seconds(facts.endOfStandardSupport),
        endOfExtendedSupportDate: seconds(facts.endOfExtendedSupport),
        status: statusOf(facts, catalog.asOf).toLowerCase().replace("_", "-"),
        versionStatus: statusOf(facts, catalog.asOf),
        kubernetesPatchVersion: `${facts.version}.0`,
      }))
      .filter((info) => input.includeAll === true || info.versionStatus !== "UNSUPPORTED")
      .filter((info) => input.defaultOnly !== true || info.defaultVersion)
      .filter((info) => input.clusterVersions?.includes(info.clusterVersion) ?? true)
      .filter((info) => wantedStatus === undefined || info.versionStatus === wantedStatus);
    const { page, nextToken } = paginate(versions, input);
    return { clusterVersions: page, nextToken };
  },
});

function addonInfo(addon: AddonFacts, kubernetesVersion: string | undefined) {
  const builds = new Map<string, string[]>();
  for (const [version, build] of Object.entries(addon.versions)) {
    if (kubernetesVersion !== undefined && version !== kubernetesVersion) continue;
    builds.set(build, [...(builds.get(build) ?? []), version]);
  }
  const { type, namespace } = addonDetails(addon.name);
  return {
    addonName: addon.name,
    type,
    addonVersions: [...builds].reverse().map(([addonVersion, clusterVersions]) => ({
      addonVersion,
      architecture: ["amd64", "arm64"],
      computeTypes: ["ec2"],
      compatibilities: clusterVersions.map((clusterVersion) => ({
        clusterVersion,
        platformVersions: ["*"],
        defaultVersion: true,
      })),
      requiresConfiguration: false,
      requiresIamPermissions: false,
    })),
    publisher: "eks",
    owner: "aws",
    defaultNamespace: namespace,
  };
}

function seconds(day: string): number {
  return Date.parse(`${day}T00:00:00Z`) / 1000;
}
