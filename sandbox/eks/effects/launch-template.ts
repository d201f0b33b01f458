import type { AwsPort } from "../contract";
import { invalidRequest, type ErrorSubject } from "../errors";
import { at, callXml, items, text } from "./aws-xml";

/** `LaunchTemplateSpecification` of the API. */
export interface LaunchTemplateInput {
  readonly id?: string;
  readonly name?: string;
  readonly version?: string;
}

/** What EKS wants to know of a version of a launch template. */
export interface LaunchTemplateFacts {
  readonly id: string;
  readonly name: string;
  /** The number, also where `$Latest` or `$Default` was asked for. */
  readonly version: string;
  readonly imageId?: string;
  readonly instanceType?: string;
  /** `spot` or `capacity-block`; absent for on-demand. */
  readonly marketType?: string;
  /** Reservation that the instances come out of. */
  readonly reservationId?: string;
  /** Settings of the template that a managed node group cannot have. */
  readonly forbidden: readonly string[];
}

const FORBIDDEN: Readonly<Record<string, readonly string[]>> = {
  IamInstanceProfile: ["iamInstanceProfile"],
  HibernationOptions: ["hibernationOptions", "configured"],
  SubnetId: ["networkInterfaceSet", "item", "subnetId"],
};

/**
 * Looks up a version of a launch template.
 *
 * @throws EksApiError InvalidRequestException when template or version is missing
 */
export async function describeLaunchTemplate(
  aws: AwsPort,
  template: LaunchTemplateInput,
  subject: ErrorSubject,
): Promise<LaunchTemplateFacts> {
  const wanted = template.version ?? "$Default";
  const result = await callXml(aws, "ec2", "DescribeLaunchTemplateVersions", {
    ...(template.id !== undefined ? { LaunchTemplateId: template.id } : { LaunchTemplateName: template.name ?? "" }),
    "LaunchTemplateVersion.1": wanted,
  });
  if (!result.ok) {
    throw invalidRequest(`Launch template could not be read: ${result.error.message} (${result.error.code})`, subject);
  }
  const [found] = items(at(result.node, "launchTemplateVersionSet"));
  if (found === undefined) {
    const label = template.id ?? template.name ?? "";
    throw invalidRequest(`Launch template ${label} has no version ${wanted}`, subject);
  }
  const data = at(found, "launchTemplateData") ?? "";
  const imageId = text(data, "imageId");
  const instanceType = text(data, "instanceType");
  const marketType = text(data, "instanceMarketOptions", "marketType");
  const reservationId = text(
    data,
    "capacityReservationSpecification",
    "capacityReservationTarget",
    "capacityReservationId",
  );
  return {
    id: text(found, "launchTemplateId"),
    name: text(found, "launchTemplateName"),
    version: text(found, "versionNumber"),
    ...(imageId !== "" && { imageId }),
    ...(instanceType !== "" && { instanceType }),
    ...(marketType !== "" && { marketType }),
    ...(reservationId !== "" && { reservationId }),
    forbidden: Object.keys(FORBIDDEN).filter((name) => {
      const node = at(data, ...(FORBIDDEN[name] ?? []));
      return node !== undefined && node !== "" && node !== "false";
    }),
  };
}
