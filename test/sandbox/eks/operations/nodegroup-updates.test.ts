import { EksHarness } from "../support/eks-harness";

const PATH = "/clusters/atlas/node-groups/system";
const CONFIG = `${PATH}/update-config`;
const VERSION = `${PATH}/update-version`;

async function standing(nodegroup: object = {}): Promise<EksHarness> {
  return (await new EksHarness().cluster()).nodegroup(nodegroup);
}

describe("UpdateNodegroupConfig", () => {
  test("changes sizes, labels, taints, update and repair settings together, 0.7 s later", async () => {
    const eks = await standing({
      labels: { keep: "1", drop: "1", change: "1" },
      taints: [
        { key: "a", effect: "NO_SCHEDULE" },
        { key: "b", effect: "NO_SCHEDULE" },
      ],
    });
    const { update } = await eks.ok("POST", CONFIG, {
      scalingConfig: { minSize: 0, desiredSize: 0, maxSize: 9 },
      labels: { addOrUpdateLabels: { change: "2", add: "2" }, removeLabels: ["drop"] },
      taints: {
        addOrUpdateTaints: [{ key: "a", value: "new", effect: "NO_SCHEDULE" }],
        removeTaints: [{ key: "b", effect: "NO_SCHEDULE" }],
      },
      updateConfig: { maxUnavailablePercentage: 50 },
      nodeRepairConfig: { enabled: true },
    });
    expect(update.type).toBe("ConfigUpdate");
    expect((await eks.ok("GET", PATH)).nodegroup).toMatchObject({
      status: "UPDATING",
      scalingConfig: { minSize: 1, desiredSize: 2, maxSize: 3 },
    });
    const { nodegroup } = await eks.wait(700).ok("GET", PATH);
    expect(nodegroup).toMatchObject({
      status: "ACTIVE",
      modifiedAt: eks.now / 1000,
      scalingConfig: { minSize: 0, desiredSize: 0, maxSize: 9 },
      taints: [{ key: "a", value: "new", effect: "NO_SCHEDULE" }],
      updateConfig: { maxUnavailablePercentage: 50 },
      nodeRepairConfig: { enabled: true },
    });
    expect(nodegroup.labels).toEqual({ keep: "1", change: "2", add: "2" });
  });

  test.each<[string, object, string]>([
    [
      "sizes that do not fit those that stay",
      { scalingConfig: { desiredSize: 4 } },
      "InvalidParameterException (400): Desired capacity 4 can't be greater than max size 3",
    ],
    [
      "reserved labels",
      { labels: { addOrUpdateLabels: { "kubernetes.io/arch": "x" } } },
      "InvalidParameterException (400): Label keys with the prefixes eks.amazonaws.com/, kubernetes.io/ and k8s.io/ are reserved, got kubernetes.io/arch",
    ],
    [
      "more than 50 labels",
      { labels: { addOrUpdateLabels: Object.fromEntries(Array.from({ length: 51 }, (_, i) => [`l${i}`, "x"])) } },
      "InvalidParameterException (400): A node group has at most 50 labels, got 51",
    ],
    [
      "more than 50 taints",
      {
        taints: { addOrUpdateTaints: Array.from({ length: 51 }, (_, i) => ({ key: `t${i}`, effect: "NO_EXECUTE" })) },
      },
      "InvalidParameterException (400): A node group has at most 50 taints, got 51",
    ],
  ])("refuses %s", async (_case, body, message) => {
    expect(await (await standing()).refusal("POST", CONFIG, body)).toBe(message);
  });

  test("is refused while an update runs and before the node group stands", async () => {
    const eks = await standing();
    const { update } = await eks.ok("POST", CONFIG, { scalingConfig: { desiredSize: 3 } });
    expect(await eks.refusal("POST", CONFIG, { scalingConfig: { desiredSize: 2 } })).toBe(
      `ResourceInUseException (409): Nodegroup system currently has update ${update.id} in progress`,
    );
    expect(await eks.refusal("DELETE", PATH)).toBe(
      "ResourceInUseException (409): Nodegroup system cannot be deleted in status UPDATING",
    );
    await eks.wait(700).ok("DELETE", PATH);
    expect(await eks.refusal("POST", CONFIG, { scalingConfig: { desiredSize: 2 } })).toBe(
      "ResourceInUseException (409): Nodegroup cannot be updated as it is currently not in Active State: DELETING",
    );
  });
});

describe("UpdateNodegroupVersion", () => {
  test("follows the cluster when no version is named", async () => {
    const eks = await standing();
    await eks.ok("POST", "/clusters/atlas/updates", { version: "1.35" });
    const { update } = await eks.wait(700).ok("POST", VERSION, {});
    expect(update).toMatchObject({
      type: "VersionUpdate",
      params: [
        { type: "Version", value: "1.35" },
        { type: "ReleaseVersion", value: "1.35.0-20260601" },
      ],
    });
    expect((await eks.wait(700).ok("GET", PATH)).nodegroup).toMatchObject({
      version: "1.35",
      releaseVersion: "1.35.0-20260601",
    });
  });

  test("takes a new version of the launch template and leaves the release alone", async () => {
    const eks = await standing({ launchTemplate: { id: "lt-00000001", version: "1" }, releaseVersion: "1.34.0-old" });
    await eks.ok("POST", VERSION, { launchTemplate: { id: "lt-00000001", version: "2" } });
    expect((await eks.wait(700).ok("GET", PATH)).nodegroup).toMatchObject({
      releaseVersion: "1.34.0-old",
      launchTemplate: { id: "lt-00000001", name: "template-1", version: "2" },
    });
  });

  test("takes a new image of the launch template", async () => {
    const eks = await standing({ launchTemplate: { id: "lt-00000002", version: "1" } });
    await eks.ok("POST", VERSION, { launchTemplate: { name: "template-2", version: "2" } });
    expect((await eks.wait(700).ok("GET", PATH)).nodegroup).toMatchObject({
      amiType: "CUSTOM",
      releaseVersion: "ami-2",
    });
    expect(await eks.refusal("POST", VERSION, { version: "1.34" })).toBe(
      "InvalidParameterException (400): You cannot specify a version for a node group with a custom image",
    );
    expect(await eks.refusal("POST", VERSION, { launchTemplate: { id: "lt-00000002", version: "3" } })).toBe(
      "InvalidParameterException (400): Launch template lt-00000002 version 3 must specify an image, as the node group was made with one",
    );
  });

  test.each<[string, object, object, string]>([
    [
      "a version newer than the cluster",
      {},
      { version: "1.35" },
      "Node group version 1.35 is not valid for cluster version 1.34: it must be the same or up to 3 minor versions older",
    ],
    ["going back", {}, { version: "1.33" }, "Node group version cannot go back from 1.34 to 1.33"],
    [
      "a release of another version",
      {},
      { releaseVersion: "1.30.0-20240101" },
      "Requested release version 1.30.0-20240101 is not valid for Kubernetes version 1.34",
    ],
    [
      "a launch template where there was none",
      {},
      { launchTemplate: { id: "lt-00000001" } },
      "The node group was made without a launch template and cannot be given one",
    ],
    [
      "another launch template",
      { launchTemplate: { id: "lt-00000001" } },
      { launchTemplate: { id: "lt-00000002" } },
      "The node group was made with launch template lt-00000001 (template-1) and cannot use another, got lt-00000002",
    ],
    [
      "id and name of a launch template",
      { launchTemplate: { id: "lt-00000001" } },
      { launchTemplate: { id: "lt-00000001", name: "template-1" } },
      "Either provide launch template ID or launch template name in the request.",
    ],
  ])("refuses %s", async (_case, nodegroup, body, message) => {
    expect(await (await standing(nodegroup)).refusal("POST", VERSION, body)).toBe(
      `InvalidParameterException (400): ${message}`,
    );
  });
});
