import data from "./neuron-devices.json";

/** Cores of one Neuron device by model, such as `trainium2`; `undefined` for a model that is not known. */
export function neuronCores(model: string): number | undefined {
  return data.devices.find((device) => device.name === model)?.cores;
}
