import data from "./neuron-device-plugin.json";

/** Where AWS publishes its device plugin for Inferentia and Trainium, as a host. */
export const neuronDevicePluginRegistry: string = data.registry;

/**
 * Image of that device plugin in a registry that has it under AWS's own name, at the version of the catalogue.
 *
 * @param registry host, with a path if need be, without a slash at its end
 * @example
 * neuronDevicePluginImage(neuronDevicePluginRegistry); // "public.ecr.aws/neuron/neuron-device-plugin:2.32.0.0"
 */
export function neuronDevicePluginImage(registry: string): string {
  return `${registry}/${data.repository}:${data.version}`;
}
