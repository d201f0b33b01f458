import { Fn, Token } from "cdktf";
import type { ICluster } from "../cluster";
import type { PoolSettings, TomlTable } from "./pool-settings";
import { serviceCidrOf } from "./service-cidr";

/** Folders that local disks take over, as nodeadm and Karpenter choose them. */
const SCRATCH_FOLDERS = ["/var/lib/containerd", "/var/lib/kubelet", "/var/log/pods"];
const BOUNDARY = "//";
/** Runs before nodeadm starts containerd. The device keeps its name through the links that the image makes for EBS volumes. */
const MOUNT_IMAGES = `#!/bin/bash
set -euo pipefail
mkdir -p /var/lib/containerd
echo "/dev/xvdb /var/lib/containerd xfs defaults,nofail 0 2" >> /etc/fstab
mount /var/lib/containerd
xfs_growfs /var/lib/containerd
`;

/** What the instances are told at their first start, in base64; undefined where EKS's own part is enough. */
export function userData(cluster: ICluster, settings: PoolSettings): string | undefined {
  const text = settings.operatingSystem === "bottlerocket" ? toml(settings) : mime(settings);
  return text === undefined ? undefined : encode(text, clusterFacts(cluster, settings));
}

/** Placeholders for what only the cluster knows: mostly references, which must stand outside of quotes in Terraform. */
const CLUSTER = { name: "<<name>>", endpoint: "<<endpoint>>", authority: "<<authority>>", services: "<<services>>" };

function clusterFacts(cluster: ICluster, { ownImage }: PoolSettings): Readonly<Record<string, string>> {
  return {
    [CLUSTER.name]: cluster.clusterName,
    [CLUSTER.endpoint]: cluster.endpoint,
    [CLUSTER.authority]: cluster.certificateAuthorityData,
    [CLUSTER.services]: serviceCidrOf(cluster, ownImage) ?? "",
  };
}

function encode(text: string, facts: Readonly<Record<string, string>>): string {
  const pieces = text.split(/(<<\w+>>)/);
  const filled = pieces.map((piece) => facts[piece] ?? piece);
  if (!filled.some((piece) => Token.isUnresolved(piece))) return Buffer.from(filled.join("")).toString("base64");
  return Fn.base64encode(
    Fn.join(
      "",
      pieces.map((piece) => facts[piece] ?? Fn.rawString(piece)),
    ),
  );
}

/** EKS adds its own part to these, except with an own image: then the node must be told how to join. */
function mime(settings: PoolSettings): string | undefined {
  const spec = { ...(settings.ownImage && joinSpec(settings)), ...localStorageSpec(settings) };
  const config = ["---", "apiVersion: node.eks.aws/v1alpha1", "kind: NodeConfig", ...yaml({ spec })].join("\n");
  const parts = [
    ...(Object.keys(spec).length > 0 ? [{ type: "application/node.eks.aws", text: `${config}\n` }] : []),
    ...(settings.imageVolume ? [{ type: 'text/x-shellscript; charset="us-ascii"', text: MOUNT_IMAGES }] : []),
  ];
  if (parts.length === 0) return undefined;
  const body = parts.map(({ type, text }) => `--${BOUNDARY}\nContent-Type: ${type}\n\n${text}\n`).join("");
  return `MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="${BOUNDARY}"\n\n${body}--${BOUNDARY}--\n`;
}

function localStorageSpec({ localStorage }: PoolSettings): object {
  return localStorage === "raid0" ? { instance: { localStorage: { strategy: "RAID0" } } } : {};
}

/** Labels and taints too, so that no pod lands on a node before EKS has set them. */
function joinSpec(settings: PoolSettings): object {
  const labels = Object.entries(settings.labels).map(([key, value]) => `${key}=${value}`);
  return {
    cluster: {
      name: CLUSTER.name,
      apiServerEndpoint: CLUSTER.endpoint,
      certificateAuthority: CLUSTER.authority,
      cidr: CLUSTER.services,
    },
    kubelet: {
      ...(settings.taints.length > 0 && { config: { registerWithTaints: settings.taints } }),
      flags: [`--node-labels=${labels.join(",")}`],
    },
  };
}

function toml(settings: PoolSettings): string | undefined {
  const { localStorage, devicePlugin, ownImage, efa } = settings;
  const tables: [string, TomlTable][] = [
    ...(ownImage ? joinTables(settings) : []),
    ...(localStorage === "raid0" ? [["bootstrap-commands.000-local-storage", RAID0_COMMANDS] as const] : []),
    ...(efa ? [["kernel.sysctl", HUGE_PAGES] as const] : []),
    ...Object.entries(devicePlugin).map(([name, table]) => [`kubelet-device-plugins.${name}`, table] as const),
  ].map(([name, table]) => [name, table]);
  return tables.length === 0 ? undefined : tables.map(([name, table]) => tomlTable(name, table)).join("\n");
}

/**
 * As many pages of 2 MiB as the EFA driver sets aside on Amazon Linux; Bottlerocket sets aside none by itself.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/node-efa.html
 */
const HUGE_PAGES: TomlTable = { "vm.nr_hugepages": "5128" };

/** @see https://bottlerocket.dev/en/os/latest/concepts/bootstrap-commands/ */
const RAID0_COMMANDS: TomlTable = {
  commands: [
    ["apiclient", "ephemeral-storage", "init"],
    ["apiclient", "ephemeral-storage", "bind", "--dirs", ...SCRATCH_FOLDERS],
  ],
  essential: true,
  mode: "always",
};

function joinTables({ labels, taints }: PoolSettings): [string, TomlTable][] {
  const byKey = new Map<string, string[]>();
  for (const { key, value = "", effect } of taints) {
    byKey.set(key, [...(byKey.get(key) ?? []), `${value}:${effect}`]);
  }
  const join = {
    "api-server": CLUSTER.endpoint,
    "cluster-certificate": CLUSTER.authority,
    "cluster-name": CLUSTER.name,
  };
  return [
    ["kubernetes", join],
    ["kubernetes.node-labels", labels],
    ...(byKey.size > 0 ? [["kubernetes.node-taints", Object.fromEntries(byKey)] as [string, TomlTable]] : []),
  ];
}

function tomlTable(name: string, table: TomlTable): string {
  const lines = Object.entries(table).map(([key, value]) => `${tomlKey(key)} = ${JSON.stringify(value)}`);
  return [`[settings.${name}]`, ...lines, ""].join("\n");
}

function tomlKey(key: string): string {
  return /^[\w-]+$/.test(key) ? key : JSON.stringify(key);
}

/** Maps as indented lines; everything else as JSON, which YAML contains. */
function yaml(map: object, indent = ""): string[] {
  return Object.entries(map).flatMap(([key, value]: [string, unknown]) =>
    typeof value === "object" && value !== null && !Array.isArray(value)
      ? [`${indent}${key}:`, ...yaml(value, `${indent}  `)]
      : [`${indent}${key}: ${JSON.stringify(value)}`],
  );
}
