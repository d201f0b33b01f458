import { tryFindInstanceType, type Accelerator, type Architecture } from "../../../catalog";
import type { AwsPort } from "../../eks/contract";
import { at, callXml, items, text, type XmlNode } from "../../eks/effects/aws-xml";
import { SandboxError } from "../../errors";

/** What a node gets from its instance type. */
export interface InstanceFacts {
  readonly name: string;
  readonly arch: Architecture;
  readonly vcpu: number;
  readonly memoryMiB: number;
  readonly accelerator: Accelerator | null;
  /** Local disks in GB, all together. */
  readonly nvmeGB: number;
  /** Most pods with an address each, by network interfaces. */
  readonly maxPods: number;
}

/**
 * Facts of an instance type: the catalogue's, and EC2's for one that it does not hold.
 *
 * @throws SandboxError SANDBOX_REQUEST_REFUSED for a type that EC2 does not have either
 */
export async function instanceFacts(aws: AwsPort, name: string): Promise<InstanceFacts> {
  const known = tryFindInstanceType(name);
  if (known !== undefined) return known;
  const result = await callXml(aws, "ec2", "DescribeInstanceTypes", { "InstanceType.1": name });
  const [item] = result.ok ? items(at(result.node, "instanceTypeSet")) : [];
  if (item !== undefined) return factsOf(item);
  throw new SandboxError("SANDBOX_REQUEST_REFUSED", `EC2 knows no instance type ${name}`);
}

function factsOf(item: XmlNode): InstanceFacts {
  const architectures = items(at(item, "processorInfo", "supportedArchitectures"));
  const number = (...path: string[]) => Number(text(item, ...path)) || 0;
  const interfaces = number("networkInfo", "maximumNetworkInterfaces");
  return {
    name: text(item, "instanceType"),
    arch: architectures.includes("arm64") ? "arm64" : "amd64",
    vcpu: number("vCpuInfo", "defaultVCpus"),
    memoryMiB: number("memoryInfo", "sizeInMiB"),
    accelerator: acceleratorOf(item),
    nvmeGB: number("instanceStorageInfo", "totalSizeInGB"),
    maxPods: interfaces * (number("networkInfo", "ipv4AddressesPerInterface") - 1) + 2,
  };
}

function acceleratorOf(item: XmlNode): Accelerator | null {
  const [gpu] = items(at(item, "gpuInfo", "gpus"));
  if (gpu !== undefined) return acceleratorFrom(gpu, "gpu");
  const [device] = items(at(item, "neuronInfo", "neuronDevices"));
  return device === undefined ? null : acceleratorFrom(device, "neuron");
}

function acceleratorFrom(item: XmlNode, kind: Accelerator["kind"]): Accelerator {
  return {
    kind,
    manufacturer: kind === "neuron" ? "aws" : text(item, "manufacturer").toLowerCase(),
    name: text(item, "name").toLowerCase(),
    count: Number(text(item, "count")) || 0,
    memoryMiB: Number(text(item, "memoryInfo", "sizeInMiB")) || null,
  };
}
