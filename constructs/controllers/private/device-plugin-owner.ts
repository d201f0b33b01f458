import type { IConstruct } from "constructs";
import type { ICluster } from "../../cluster/cluster";
import { PropChecks } from "../../core/prop-checks";

const OWNER = "flightdeck:nvidia-device-plugin";

/**
 * Takes note, at the cluster, of who installs NVIDIA's device plugin. Two of them would register the same GPUs with the
 * kubelet one after the other, and pods would get devices that the other has given away.
 *
 * @throws ValidationError `TWO_DEVICE_PLUGIN_OWNERS` naming both
 */
export function claimDevicePlugin(owner: IConstruct, cluster: ICluster): void {
  const { account, region } = cluster.identity;
  const name = `${account}/${region}/${cluster.plainName}`;
  const earlier = owner.node.root.node
    .findAll()
    .flatMap(({ node }) => node.metadata)
    .filter(({ type }) => type === OWNER)
    .map(({ data }) => data as { readonly cluster: string; readonly path: string })
    .find((claim) => claim.cluster === name);
  const rule = `must have one owner of the NVIDIA device plugin: ${earlier?.path} installs it there`;
  new PropChecks(owner, "TWO_DEVICE_PLUGIN_OWNERS")
    .require(earlier === undefined, "cluster", rule, owner.node.path)
    .throwIfAny();
  owner.node.addMetadata(OWNER, { cluster: name, path: owner.node.path });
}
