import { eksImage, partOf, upstreamVersion, type AddOnBuilder } from "./add-on";
import { customKind } from "./custom-kind";
import {
  CRITICAL_NODES,
  csiDriver,
  CSI_RESOURCES,
  daemonSet,
  deployment,
  disruptionBudget,
  EVERY_TAINT,
  serviceAccount,
} from "./workloads";

const EVICTED_LATE = { effect: "NoExecute", operator: "Exists", tolerationSeconds: 300 };
const SNAPSHOTS = { group: "snapshot.storage.k8s.io", version: "v1" } as const;
const GROUP_SNAPSHOTS = { group: "groupsnapshot.storage.k8s.io", version: "v1beta1" } as const;

/** @see https://github.com/kubernetes-sigs/aws-ebs-csi-driver charts/aws-ebs-csi-driver */
export const ebsCsi: AddOnBuilder = (context) => {
  const controller = partOf(context, "controller");
  const labels = { app: "ebs-csi-controller", "app.kubernetes.io/name": "aws-ebs-csi-driver" };
  const plugin = eksImage(context, "eks/aws-ebs-csi-driver", upstreamVersion(context));
  const csi = (name: string, image: string) => ({ name, image, resources: CSI_RESOURCES });
  const sidecar = (name: string) => csi(name, eksImage(context, `eks/${name}`, "latest"));
  return [
    csiDriver("ebs.csi.aws.com", { attachRequired: true, podInfoOnMount: false, fsGroupPolicy: "File" }),
    serviceAccount("ebs-csi-controller-sa"),
    serviceAccount("ebs-csi-node-sa"),
    deployment({
      name: "ebs-csi-controller",
      labels,
      replicas: controller.replicaCount ?? 2,
      spread: true,
      serviceAccount: "ebs-csi-controller-sa",
      priorityClass: "system-cluster-critical",
      tolerations: controller.tolerations ?? [CRITICAL_NODES, EVICTED_LATE],
      containers: [
        csi("ebs-plugin", plugin),
        ...["csi-provisioner", "csi-attacher", "csi-snapshotter", "csi-resizer"].map(sidecar),
        csi("liveness-probe", eksImage(context, "eks/livenessprobe", "latest")),
      ],
    }),
    disruptionBudget("ebs-csi-controller", labels),
    daemonSet({
      name: "ebs-csi-node",
      labels: { app: "ebs-csi-node", "app.kubernetes.io/name": "aws-ebs-csi-driver" },
      serviceAccount: "ebs-csi-node-sa",
      priorityClass: "system-node-critical",
      tolerations: EVERY_TAINT,
      containers: [
        csi("ebs-plugin", plugin),
        csi("node-driver-registrar", eksImage(context, "eks/csi-node-driver-registrar", "latest")),
        csi("liveness-probe", eksImage(context, "eks/livenessprobe", "latest")),
      ],
    }),
  ];
};

/** @see https://github.com/kubernetes-csi/external-snapshotter deploy/kubernetes/snapshot-controller */
export const snapshotController: AddOnBuilder = (context) => {
  const { replicaCount = 2, tolerations, resources } = context.configuration;
  const labels = { "app.kubernetes.io/name": "snapshot-controller" };
  return [
    customKind({ ...SNAPSHOTS, kind: "VolumeSnapshotClass", scope: "Cluster", topLevel: ["driver", "deletionPolicy"] }),
    customKind({ ...SNAPSHOTS, kind: "VolumeSnapshotContent", scope: "Cluster" }),
    customKind({ ...SNAPSHOTS, kind: "VolumeSnapshot", scope: "Namespaced" }),
    customKind({ ...GROUP_SNAPSHOTS, kind: "VolumeGroupSnapshotClass", scope: "Cluster" }),
    customKind({ ...GROUP_SNAPSHOTS, kind: "VolumeGroupSnapshotContent", scope: "Cluster" }),
    customKind({ ...GROUP_SNAPSHOTS, kind: "VolumeGroupSnapshot", scope: "Namespaced" }),
    serviceAccount("snapshot-controller"),
    deployment({
      name: "snapshot-controller",
      labels,
      replicas: replicaCount,
      spread: true,
      serviceAccount: "snapshot-controller",
      priorityClass: "system-cluster-critical",
      ...(tolerations !== undefined && { tolerations }),
      containers: [
        {
          name: "snapshot-controller",
          image: eksImage(context, "eks/snapshot-controller", upstreamVersion(context)),
          ...(resources !== undefined && { resources }),
        },
      ],
    }),
  ];
};

/** @see https://github.com/awslabs/mountpoint-s3-csi-driver charts/aws-mountpoint-s3-csi-driver */
export const s3Csi: AddOnBuilder = (context) => {
  const { tolerations } = partOf(context, "controller");
  const name = { "app.kubernetes.io/name": "aws-mountpoint-s3-csi-driver" };
  const image = eksImage(context, "eks/aws-s3-csi-driver", upstreamVersion(context));
  return [
    {
      apiVersion: "v1",
      kind: "Namespace",
      metadata: { name: "mount-s3", labels: { ...name, "pod-security.kubernetes.io/enforce": "restricted" } },
    },
    {
      apiVersion: "scheduling.k8s.io/v1",
      kind: "PriorityClass",
      metadata: { name: "mount-s3-critical", labels: name },
      value: 1_000_000_000,
      globalDefault: false,
    },
    customKind({ group: "s3.csi.aws.com", version: "v2", kind: "MountpointS3PodAttachment", scope: "Cluster" }),
    csiDriver("s3.csi.aws.com", { attachRequired: false }),
    serviceAccount("s3-csi-driver-sa"),
    serviceAccount("s3-csi-driver-controller-sa"),
    deployment({
      name: "s3-csi-controller",
      labels: { app: "s3-csi-controller", ...name },
      replicas: 1,
      spread: false,
      serviceAccount: "s3-csi-driver-controller-sa",
      priorityClass: "system-cluster-critical",
      ...(tolerations !== undefined && { tolerations }),
      containers: [{ name: "s3-csi-controller", image }],
    }),
    daemonSet({
      name: "s3-csi-node",
      labels: { app: "s3-csi-node", ...name },
      serviceAccount: "s3-csi-driver-sa",
      priorityClass: "system-node-critical",
      tolerations: EVERY_TAINT,
      containers: [
        { name: "s3-plugin", image, resources: CSI_RESOURCES },
        { name: "node-driver-registrar", image: eksImage(context, "eks/csi-node-driver-registrar", "latest") },
        { name: "liveness-probe", image: eksImage(context, "eks/livenessprobe", "latest") },
      ],
    }),
  ];
};
