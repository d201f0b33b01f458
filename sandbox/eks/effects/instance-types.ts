import type { AwsPort } from "../contract";
import { invalidParameter, type ErrorSubject } from "../errors";
import type { Accelerator, EksCatalog, InstanceTypeFacts } from "../model/catalog-port";
import { at, callXml, items, text, type XmlNode } from "./aws-xml";

/**
 * Facts of instance types: from the catalogue, and from EC2 for those that it does not hold.
 *
 * @throws EksApiError InvalidParameterException for a type that EC2 does not have either
 */
export async function describeInstanceTypes(
  aws: AwsPort,
  catalog: EksCatalog,
  names: readonly string[],
  subject: ErrorSubject,
): Promise<InstanceTypeFacts[]> {
  const unknown = names.filter((name) => catalog.tryFindInstanceType(name) === undefined);
  const found = new Map<string, InstanceTypeFacts>();
  if (unknown.length > 0) {
    const params = Object.fromEntries(unknown.map((name, index) => [`InstanceType.${index + 1}`, name]));
    const result = await callXml(aws, "ec2", "DescribeInstanceTypes", params);
    if (result.ok) {
      for (const item of items(at(result.node, "instanceTypeSet"))) {
        const facts = factsOf(item);
        found.set(facts.name, facts);
      }
    }
  }
  const missing = unknown.filter((name) => !found.has(name));
  if (missing.length > 0) {
    throw invalidParameter(`The following supplied instance types do not exist: [${missing.join(", ")}]`, subject);
  }
  return names
    .map((name) => catalog.tryFindInstanceType(name) ?? found.get(name))
    .filter((facts) => facts !== undefined);
}

function factsOf(item: XmlNode): InstanceTypeFacts {
  const architectures = items(at(item, "processorInfo", "supportedArchitectures"));
  return {
    name: text(item, "instanceType"),
    architecture: architectures.includes("arm64") ? "arm64" : "amd64",
    accelerator: acceleratorOf(item),
  };
}

function acceleratorOf(item: XmlNode): Accelerator {
  const [gpu] = items(at(item, "gpuInfo", "gpus"));
  if (gpu !== undefined) return text(gpu, "manufacturer").toLowerCase() === "nvidia" ? "nvidia" : "other";
  const neuron = at(item, "neuronInfo") ?? at(item, "inferenceAcceleratorInfo");
  return neuron === undefined || neuron === "" ? "none" : "neuron";
}
