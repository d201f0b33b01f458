import { StorageClassV1 } from "@cdktf/provider-kubernetes/lib/storage-class-v1";
import type { ITerraformDependable } from "cdktf";
import { Construct, type IConstruct } from "constructs";
import { limits } from "../../catalog";
import type { ICluster } from "../cluster/cluster";
import { PropChecks } from "../core/prop-checks";
import type { IKey } from "../encryption/key";
import { checkObjectName } from "./private/metadata";
import { onlyOne } from "./private/only-one";

/** A kind of volumes that claims ask for. */
export interface IStorageClass extends IConstruct {
  /** Name by which claims ask for it. */
  readonly storageClassName: string;
  /** The class itself, for what must wait until it stands; undefined when it is defined elsewhere. */
  readonly resource: ITerraformDependable | undefined;
}

/** What a `StorageClass` is made of. */
export interface StorageClassProps {
  /** The cluster the class is in. Its add-on `aws-ebs-csi-driver` makes the volumes. */
  readonly cluster: ICluster;
  /** Name: a DNS subdomain. */
  readonly name: string;
  /**
   * Key that encrypts the volumes. The EBS driver must be allowed to use it: that of an `EksCluster` may use `diskKey` alone.
   *
   * @default - the cluster's `diskKey`, else the account's AWS-managed key `aws/ebs`
   */
  readonly encryptionKey?: IKey;
  /**
   * Whether claims without a class get this one. One class of a cluster at most.
   *
   * @default false
   */
  readonly defaultClass?: boolean;
  /**
   * What becomes of a volume whose claim is deleted: gone, or kept until somebody deletes it in EC2.
   *
   * @default "Delete"
   */
  readonly reclaimPolicy?: "Delete" | "Retain";
  /**
   * Operations per second of each volume, 3000 to 80000; at most 500 for each GiB.
   *
   * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateVolume.html
   * @default 3000
   */
  readonly iops?: number;
  /**
   * MiB per second of each volume, 125 to 2000; at most a quarter of `iops`.
   *
   * @see https://docs.aws.amazon.com/ebs/latest/userguide/general-purpose.html
   * @default 125
   */
  readonly throughputMiBps?: number;
  /**
   * File system of the volumes.
   *
   * @default "ext4"
   */
  readonly fileSystem?: "ext4" | "xfs";
  /**
   * Whether claims may ask for more later.
   *
   * @default true
   */
  readonly expandable?: boolean;
}

/**
 * Encrypted EBS volumes of type gp3, made in the zone in which the first pod that uses them is put, and grown by changing the
 * claim. A change of anything but `defaultClass` makes the class anew; volumes that exist stay as they are.
 *
 * @example
 * new StorageClass(this, "Standard", { cluster, name: "gp3", defaultClass: true });
 */
export class StorageClass extends Construct implements IStorageClass {
  /**
   * A class that is defined elsewhere.
   *
   * @throws ValidationError `INVALID_STORAGE_CLASS_NAME`
   */
  static fromStorageClassName(scope: Construct, id: string, storageClassName: string): IStorageClass {
    return new ImportedStorageClass(scope, id, storageClassName);
  }

  readonly storageClassName: string;
  readonly resource: StorageClassV1;
  private readonly defaultClass: boolean;

  /** @throws ValidationError `INVALID_STORAGE_CLASS_PROPS` */
  constructor(scope: Construct, id: string, props: StorageClassProps) {
    super(scope, id);
    const { name, defaultClass = false, reclaimPolicy = "Delete", expandable = true } = props;
    this.defaultClass = defaultClass;

    this.validateProps(props);
    const isDefault = (other: unknown): other is StorageClass => other instanceof StorageClass && other.defaultClass;
    if (defaultClass) onlyOne<StorageClass>(this, isDefault, "storage class that is the default");

    this.resource = new StorageClassV1(this, "Resource", {
      metadata: { name, annotations: { "storageclass.kubernetes.io/is-default-class": String(defaultClass) } },
      storageProvisioner: "ebs.csi.aws.com",
      reclaimPolicy,
      volumeBindingMode: "WaitForFirstConsumer",
      allowVolumeExpansion: expandable,
      parameters: parametersOf(props),
    });
    this.storageClassName = name;
  }

  private validateProps({ name, iops, throughputMiBps }: StorageClassProps): void {
    const { gp3 } = limits().ebs;
    const checks = new PropChecks(this, "INVALID_STORAGE_CLASS_PROPS");
    checkObjectName(checks, "name", name);
    const operations = `must be a whole number from ${gp3.iopsMin} to ${gp3.iopsMax}`;
    checks.require(within(iops, gp3.iopsMin, gp3.iopsMax), "iops", operations, iops);
    const rate = `must be a whole number of MiB per second from ${gp3.throughputMin} to ${gp3.throughputMax}`;
    const inRange = within(throughputMiBps, gp3.throughputMin, gp3.throughputMax);
    checks.require(inRange, "throughputMiBps", rate, throughputMiBps);
    const most = Math.floor((iops ?? gp3.iopsMin) * gp3.throughputPerIops);
    const quarter = `must be at most ${most}, a quarter of \`iops\` (${iops ?? gp3.iopsMin})`;
    checks.require((throughputMiBps ?? 0) <= most || !inRange, "throughputMiBps", quarter, throughputMiBps);
    checks.throwIfAny();
  }
}

class ImportedStorageClass extends Construct implements IStorageClass {
  readonly resource = undefined;

  constructor(
    scope: Construct,
    id: string,
    readonly storageClassName: string,
  ) {
    super(scope, id);
    const checks = new PropChecks(this, "INVALID_STORAGE_CLASS_NAME");
    checkObjectName(checks, "storageClassName", storageClassName);
    checks.throwIfAny();
  }
}

/** @see https://github.com/kubernetes-sigs/aws-ebs-csi-driver/blob/master/docs/parameters.md */
function parametersOf(props: StorageClassProps): Record<string, string> {
  const { cluster, encryptionKey = cluster.diskKey, iops, throughputMiBps, fileSystem = "ext4" } = props;
  return {
    type: "gp3",
    encrypted: "true",
    "csi.storage.k8s.io/fstype": fileSystem,
    ...(encryptionKey !== undefined && { kmsKeyId: encryptionKey.keyArn }),
    ...(iops !== undefined && { iops: String(iops) }),
    ...(throughputMiBps !== undefined && { throughput: String(throughputMiBps) }),
  };
}

function within(value: number | undefined, least: number, most: number): boolean {
  return value === undefined || (Number.isInteger(value) && value >= least && value <= most);
}
