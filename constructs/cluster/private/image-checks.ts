import { type InstanceType, missingDriver } from "../../../catalog";
import { Cidr } from "../../core/cidr";
import type { PropChecks } from "../../core/prop-checks";
import type { ICluster } from "../cluster";
import type { PoolSettings } from "./pool-settings";
import { serviceCidrOf } from "./service-cidr";

const IMAGE_ID = /^ami-([0-9a-f]{8}|[0-9a-f]{17})$/;

/** Adds the rules for the image: EKS's has a driver for the types, or one's own is given and can join the cluster. */
export function checkImage(
  checks: PropChecks,
  cluster: ICluster,
  settings: PoolSettings,
  types: readonly InstanceType[],
): void {
  const { ownImage, operatingSystem } = settings;
  if (ownImage === undefined) {
    for (const { name } of types) {
      const missing = missingDriver(name);
      const rule =
        `must be types whose GPUs EKS's image has a driver for (${missing?.available}); these need driver ` +
        `${missing?.needed} or newer: build an image with it and give it as \`ownImage\``;
      checks.require(missing === undefined, "instanceTypes", rule, name);
    }
    return;
  }
  const { imageId, serviceCidr } = ownImage;
  const id = "must be the id of an image, `ami-` and 8 or 17 hexadecimal digits";
  checks.require(IMAGE_ID.test(imageId), "ownImage.imageId", id, imageId);
  const prop = "ownImage.serviceCidr";
  if (serviceCidr !== undefined) {
    const problem = Cidr.problemOf(serviceCidr);
    checks.require(problem === undefined, prop, problem ?? "", serviceCidr);
  } else if (operatingSystem === "al2023") {
    const known = serviceCidrOf(cluster, ownImage) !== undefined;
    checks.require(known, prop, "must be given, since an imported cluster does not say it", serviceCidr);
  }
}
