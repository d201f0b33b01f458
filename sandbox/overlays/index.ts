import { ec2LaunchTemplateTags } from "./ec2-launch-template-tags";
import { kmsRotationPeriod } from "./kms-rotation-period";
import type { Overlay } from "./overlay";
import { s3ConditionalDeny } from "./s3-conditional-deny";
import { s3RequestPayment } from "./s3-request-payment";

/** Everything the sandbox knows better than moto, with nothing remembered yet. */
export function createOverlays(): readonly Overlay[] {
  return [ec2LaunchTemplateTags, kmsRotationPeriod(), s3ConditionalDeny, s3RequestPayment];
}
