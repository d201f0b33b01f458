import type { InstanceType } from "../../../catalog";
import type { PropChecks } from "../../core/prop-checks";
import type { ImageVolumeOptions } from "../pool-options";
import type { PoolSettings } from "./pool-settings";

const SNAPSHOT_ID = /^snap-([0-9a-f]{8}|[0-9a-f]{17})$/;
/** Largest gp3 volume. @see https://docs.aws.amazon.com/ebs/latest/userguide/general-purpose.html */
export const LARGEST_DISK_GIB = 16384;
/** @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_EbsBlockDevice.html */
const RATE = { least: 100, most: 300 };

/** Adds the rules for local disks and image volumes. */
export function checkStorage(checks: PropChecks, settings: PoolSettings, types: readonly InstanceType[]): void {
  const { localStorage, imageVolume } = settings;
  if (localStorage === "raid0") {
    const without = types.filter((type) => type.nvmeGB === 0).map((type) => type.name);
    const rule = 'must be types with local NVMe disks, or `localStorage` be "none"';
    checks.require(without.length === 0, "instanceTypes", rule, without);
  }
  if (imageVolume === undefined) return;
  const covered = 'must be left out with `localStorage: "raid0"`, which covers it';
  checks.require(localStorage !== "raid0", "imageVolume", covered, imageVolume);
  checkVolume(checks, imageVolume);
}

function checkVolume(checks: PropChecks, { snapshotId, sizeGiB, initializationRateMiBps }: ImageVolumeOptions): void {
  const id = "must be the id of a snapshot, `snap-` and 8 or 17 hexadecimal digits";
  checks.require(SNAPSHOT_ID.test(snapshotId), "imageVolume.snapshotId", id, snapshotId);
  const size = `must be a whole number of GiB from 1 to ${LARGEST_DISK_GIB}`;
  checks.require(within(sizeGiB, 1, LARGEST_DISK_GIB), "imageVolume.sizeGiB", size, sizeGiB);
  const { least, most } = RATE;
  const rate = `must be a whole number of MiB per second from ${least} to ${most}`;
  const prop = "imageVolume.initializationRateMiBps";
  checks.require(within(initializationRateMiBps, least, most), prop, rate, initializationRateMiBps);
}

function within(value: number | undefined, least: number, most: number): boolean {
  return value === undefined || (Number.isInteger(value) && value >= least && value <= most);
}
