import type { AwsPort } from "../../eks/contract";
import { at, callXml, items, text, type XmlNode } from "../../eks/effects/aws-xml";
import type { LaunchTemplateRef } from "../../eks/model/types";
import { SandboxError } from "../../errors";

/** What a node gets from the launch template of its group. */
export interface NodeTemplate {
  /** Network interfaces with EFA. */
  readonly efaInterfaces: number;
  /**
   * Size of the disk that holds images and pods, in GiB.
   * @default - the image's own
   */
  readonly diskGiB?: number;
  /** What the instance is told at its first start, decoded; empty for nothing. */
  readonly userData: string;
}

/** A group without a launch template of its own. */
export const NO_TEMPLATE: NodeTemplate = { efaInterfaces: 0, userData: "" };

/**
 * Reads a version of a launch template.
 *
 * @throws SandboxError SANDBOX_REQUEST_REFUSED when EC2 does not have it
 */
export async function nodeTemplate(aws: AwsPort, { id, version }: LaunchTemplateRef): Promise<NodeTemplate> {
  const result = await callXml(aws, "ec2", "DescribeLaunchTemplateVersions", {
    LaunchTemplateId: id,
    "LaunchTemplateVersion.1": version,
  });
  const [found] = result.ok ? items(at(result.node, "launchTemplateVersionSet")) : [];
  if (found === undefined) {
    throw new SandboxError("SANDBOX_REQUEST_REFUSED", `EC2 has no version ${version} of launch template ${id}`);
  }
  const data = at(found, "launchTemplateData") ?? "";
  const interfaces = items(at(data, "networkInterfaceSet"));
  const efa = interfaces.filter((one) => text(one, "interfaceType").startsWith("efa"));
  return {
    efaInterfaces: efa.length,
    ...largestDisk(items(at(data, "blockDeviceMappingSet"))),
    userData: Buffer.from(text(data, "userData"), "base64").toString("utf8"),
  };
}

/** Bottlerocket has a small disk for itself beside the one for images and pods. */
function largestDisk(mappings: readonly XmlNode[]): Pick<NodeTemplate, "diskGiB"> {
  const sizes = mappings.map((mapping) => Number(text(mapping, "ebs", "volumeSize")) || 0);
  const diskGiB = Math.max(0, ...sizes);
  return diskGiB === 0 ? {} : { diskGiB };
}
