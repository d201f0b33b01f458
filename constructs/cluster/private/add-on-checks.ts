import type { PropChecks } from "../../core/prop-checks";
import type { IObjectStore } from "../../storage/object-store";
import type { AddOnOptions, S3MountOptions } from "../add-on-options";

/** Of the 50 tags that AWS allows, the driver sets up to ten. */
const MOST_VOLUME_TAGS = 40;
const LONGEST_KEY = 128;
const LONGEST_VALUE = 256;
/** Keys that AWS or the driver keep for themselves. @see https://github.com/kubernetes-sigs/aws-ebs-csi-driver/blob/master/docs/tagging.md */
const RESERVED_KEY = /^(aws:|kubernetes\.io\/|ebs\.csi\.aws\.com\/|CSIVolumeName$|CSIVolumeSnapshotName$)/i;
const RESERVED_RULE =
  "must not be a key that AWS or the driver sets itself (aws:, kubernetes.io/, ebs.csi.aws.com/, CSI…)";

/** Adds the rules for a cluster's add-ons. */
export function checkAddOns(checks: PropChecks, options: AddOnOptions): void {
  const { ebsCsi = true, volumeTags, s3Mounts } = options;
  checks.require(
    ebsCsi || volumeTags === undefined,
    "addOns.volumeTags",
    "must be left out where `ebsCsi` is false: nothing makes volumes",
    volumeTags,
  );
  checkVolumeTags(checks, volumeTags ?? {});
  if (s3Mounts !== undefined) checkMounts(checks, s3Mounts);
}

function checkVolumeTags(checks: PropChecks, tags: Readonly<Record<string, string>>): void {
  const keys = Object.keys(tags);
  checks.require(
    keys.length <= MOST_VOLUME_TAGS,
    "addOns.volumeTags",
    `must hold at most ${MOST_VOLUME_TAGS} tags, since the driver adds its own`,
    keys.length,
  );
  for (const [key, value] of Object.entries(tags)) {
    const prop = `addOns.volumeTags["${key}"]`;
    checks.require(!RESERVED_KEY.test(key), prop, RESERVED_RULE, key);
    const keyFits = key.length > 0 && key.length <= LONGEST_KEY;
    checks.require(keyFits, prop, `must have a key of 1 to ${LONGEST_KEY} characters`, key);
    checks.require(value.length <= LONGEST_VALUE, prop, `must have at most ${LONGEST_VALUE} characters`, value);
  }
}

function checkMounts(checks: PropChecks, { read = [], readWrite = [] }: S3MountOptions): void {
  const all = [...read, ...readWrite];
  checks.require(all.length > 0, "addOns.s3Mounts", "must name at least one store, or be left out", "none");
  const counted = (lists: readonly IObjectStore[], store: IObjectStore) => lists.filter((one) => one === store).length;
  const twice = [...new Set(all)].filter((store) => counted(all, store) > 1).length;
  checks.require(twice === 0, "addOns.s3Mounts", "must name each store once, to read or to read and write", twice);
}
