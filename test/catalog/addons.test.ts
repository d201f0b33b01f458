import {
  addons,
  findAddon,
  findAddonVersion,
  kubernetesVersions,
  kubernetesVersionsAsOf,
  supportPhase,
} from "../../catalog";

const supported = kubernetesVersions()
  .map(({ version }) => version)
  .filter((version) => ["standard", "extended"].includes(supportPhase(version, kubernetesVersionsAsOf())));

describe("EKS add-ons", () => {
  test("are pinned for every Kubernetes version in support, in the form EKS uses", () => {
    const wrong = addons().flatMap(({ name }) =>
      supported.filter((version) => !/^v\d+\.\d+\.\d+-eksbuild\.\d+$/.test(findAddonVersion(name, version))),
    );

    expect(wrong).toEqual([]);
  });

  test("include what every cluster needs and what it may have", () => {
    expect(addons().map(({ name }) => name)).toEqual([
      "vpc-cni",
      "coredns",
      "kube-proxy",
      "eks-pod-identity-agent",
      "aws-ebs-csi-driver",
      "snapshot-controller",
      "eks-node-monitoring-agent",
      "aws-mountpoint-s3-csi-driver",
    ]);
  });

  test.each(supported)("pin kube-proxy of the same minor version: %s", (version) => {
    expect(findAddonVersion("kube-proxy", version)).toMatch(new RegExp(`^v${version.replace(".", "\\.")}\\.`));
  });

  test("are refused when unknown, with the nearest", () => {
    expect(() => findAddon("core-dns")).toThrow(
      'unknown EKS add-on "core-dns", did you mean "coredns"?; allowed: vpc-cni, coredns, kube-proxy, eks-pod-identity-agent, aws-ebs-csi-driver, snapshot-controller, eks-node-monitoring-agent, aws-mountpoint-s3-csi-driver',
    );
  });

  test.each(["1.99", "constructor"])("are refused for a Kubernetes version without a pin: %s", (version) => {
    expect(() => findAddonVersion("coredns", version)).toThrow(
      new RegExp(
        `^unknown Kubernetes version of add-on coredns "${version}".*; allowed: 1.31, 1.32, 1.33, 1.34, 1.35, 1.36$`,
      ),
    );
  });

  test("own up to what is unverified, for versions that are pinned", () => {
    expect(
      addons().flatMap(({ unverified, versions }) => unverified.filter((version) => !(version in versions))),
    ).toEqual([]);
  });
});
