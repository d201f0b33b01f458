import { renderStacks } from "../../rendering";
import type { KubernetesLayers } from "../../sandbox/deploy";
import { fetchProviderPackages } from "../../toolchain";
import { clusterProvidersFrom } from "../cluster-providers";
import type { CliContext } from "../context";
import { helmOf } from "../render/find-helm";
import { clusterReleases } from "./prepare-terraform";
import type { PreparedTerraform } from "./prepare-terraform";

/** What stacks with Kubernetes objects are deployed with on this machine. */
export function kubernetesLayers(context: CliContext, { terraform, cliConfig }: PreparedTerraform): KubernetesLayers {
  const { registry, path } = terraform;
  return {
    providers: clusterProvidersFrom(registry),
    providersAtHand: () =>
      fetchProviderPackages({
        host: context.host,
        releases: clusterReleases(registry),
        terraform: path,
        cliConfig,
      }),
    render: async (stacks, options) => renderStacks(stacks, { ...options, helm: await helmOf(context) }),
  };
}
