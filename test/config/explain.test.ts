import { explainEnvironment } from "../../config";
import { folderWith, messageOf, withChange } from "./environment-fixture";

const root = folderWith({
  "config/environments/atlas/dev.yaml": withChange("nodePools:", "nodePools:\n  system: {maxSize: 5, taints: []}"),
});
const values = explainEnvironment(root, "atlas/dev");
const at = (path: string) => values.find((value) => value.path === path);

describe("explainEnvironment", () => {
  test.each([
    ["account", "111111111111", "dev.yaml:3"],
    ["network.zones[1]", "us-east-1b", "dev.yaml:8"],
    ["network.nat", "single", "stage defaults"],
    ["state.bucket", "flightdeck-state-111111111111-us-east-1", "derived"],
    ["tags", {}, "schema default"],
    ["cluster.endpoint.public", false, "schema default"],
    ["nodePools.system.maxSize", 5, "dev.yaml:13"],
    ["nodePools.system.taints", [], "dev.yaml:13"],
    ["nodePools.system.minSize", 1, "stage defaults"],
    ["nodePools.system.instanceTypes[0]", "m7i.large", "stage defaults"],
    ["nodePools.gpu.l4.capacity", "spot", "stage defaults"],
    ["nodePools.gpu.l4.diskGiB", 200, "schema default"],
  ])("says where %s comes from", (path, value, origin) => {
    expect(at(path)).toEqual({ path, value, origin });
  });

  test("leaves out what the file switched off", () => {
    const off = folderWith({
      "config/environments/atlas/dev.yaml": withChange("", "data: {stores: {logs: {expireAfterDays: ~}}}\n"),
    });
    const ofLogs = explainEnvironment(off, "atlas/dev").filter(({ path }) => path.startsWith("data.stores.logs."));

    expect(ofLogs.map(({ path }) => path)).toEqual([
      "data.stores.logs.noncurrentRetentionDays",
      "data.stores.logs.replicate",
    ]);
  });

  test("names every value once", () => {
    const paths = values.map(({ path }) => path);

    expect(new Set(paths).size).toBe(paths.length);
  });

  test("refuses an environment that does not exist", () => {
    expect(messageOf(() => explainEnvironment(root, "atlas/prod"))).toBe(
      'config/environments: has no environment "atlas/prod"; allowed: atlas/dev',
    );
  });
});
