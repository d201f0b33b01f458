import type { EksCatalog, InstanceTypeFacts } from "../../../../sandbox/eks/model/catalog-port";

const TYPES: readonly InstanceTypeFacts[] = [
  { name: "t3.medium", architecture: "amd64", accelerator: "none" },
  { name: "m6i.large", architecture: "amd64", accelerator: "none" },
  { name: "m7g.large", architecture: "arm64", accelerator: "none" },
  { name: "g6.xlarge", architecture: "amd64", accelerator: "nvidia" },
  { name: "inf2.xlarge", architecture: "amd64", accelerator: "neuron" },
];

/** Few facts that do not change when the repository's catalogue does. */
export const fakeCatalog: EksCatalog = {
  asOf: "2026-06-01",
  kubernetesVersions: [
    version("1.36", "2026-05-01", "2027-06-30", "2028-06-30"),
    version("1.35", "2026-01-01", "2027-02-28", "2028-02-28"),
    version("1.34", "2025-09-01", "2026-10-31", "2027-10-31"),
    version("1.33", "2025-05-01", "2026-05-31", "2027-05-31"),
    version("1.32", "2025-01-01", "2026-02-28", "2027-02-28"),
    version("1.29", "2024-01-01", "2025-02-28", "2026-02-28"),
  ],
  addons: [
    { name: "vpc-cni", versions: { "1.34": "v1.20.0-eksbuild.1", "1.35": "v1.20.0-eksbuild.1" } },
    { name: "coredns", versions: { "1.34": "v1.12.0-eksbuild.1", "1.35": "v1.13.0-eksbuild.1" } },
    { name: "aws-ebs-csi-driver", versions: { "1.34": "v1.50.0-eksbuild.1", "1.35": "v1.50.0-eksbuild.1" } },
  ],
  amiTypes: [
    { name: "AL2023_x86_64_STANDARD", os: "al2023", architecture: "amd64", accelerator: "none" },
    { name: "AL2023_ARM_64_STANDARD", os: "al2023", architecture: "arm64", accelerator: "none" },
    { name: "AL2023_x86_64_NVIDIA", os: "al2023", architecture: "amd64", accelerator: "nvidia" },
    { name: "AL2023_x86_64_NEURON", os: "al2023", architecture: "amd64", accelerator: "neuron" },
    { name: "BOTTLEROCKET_x86_64", os: "bottlerocket", architecture: "amd64", accelerator: "none" },
    { name: "AL2_x86_64", os: "al2", architecture: "amd64", accelerator: "none" },
    { name: "WINDOWS_CORE_2022_x86_64", os: "windows", architecture: "amd64", accelerator: "none" },
  ],
  tryFindInstanceType: (name) => TYPES.find((type) => type.name === name),
};

function version(name: string, released: string, endOfStandardSupport: string, endOfExtendedSupport: string) {
  return { version: name, released, endOfStandardSupport, endOfExtendedSupport };
}
