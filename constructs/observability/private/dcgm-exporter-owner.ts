import type { IConstruct } from "constructs";
import type { ICluster } from "../../cluster/cluster";
import { HelmChart } from "../../kubernetes/helm-chart";

/** The mark that whoever installs NVIDIA's device plugin in a cluster leaves at itself. */
const DEVICE_PLUGIN_MARK = "flightdeck:nvidia-device-plugin";

/** Path of the construct that runs the DCGM exporter of the GPU operator in the cluster; undefined where none does. */
export function operatorWithExporter(from: IConstruct, { identity, plainName }: ICluster): string | undefined {
  const cluster = `${identity.account}/${identity.region}/${plainName}`;
  const owner = from.node.root.node
    .findAll()
    .filter(({ node }) => node.metadata.some(({ type, data }) => type === DEVICE_PLUGIN_MARK && of(data) === cluster))
    .find(({ node }) => node.children.some((child) => child instanceof HelmChart && exports(child)));
  return owner?.node.path;
}

function of(mark: unknown): string {
  return (mark as { readonly cluster: string }).cluster;
}

function exports({ resource }: HelmChart): boolean {
  const values = (resource.valuesInput ?? []).map((json) => JSON.parse(json) as OperatorValues);
  return values.some(({ dcgmExporter }) => dcgmExporter?.enabled === true);
}

interface OperatorValues {
  readonly dcgmExporter?: { readonly enabled?: boolean };
}
