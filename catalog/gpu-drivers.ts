import data from "./gpu-drivers.json";

/** A driver that the GPUs of an instance type need and EKS's images do not bring. */
export interface MissingDriver {
  /** Oldest branch of NVIDIA's driver that knows the GPUs. */
  readonly needed: number;
  /** Branch that EKS's accelerated images bring. */
  readonly available: number;
}

/** The driver that EKS's images lack for an instance type; `undefined` when they bring one that fits. */
export function missingDriver(instanceType: string): MissingDriver | undefined {
  const family = instanceType.split(".")[0];
  const found = data.families.find((known) => known.family === family);
  if (found === undefined || found.driver <= data.imageDriver) return undefined;
  return { needed: found.driver, available: data.imageDriver };
}
