import { valueAt } from "../../config/value-path";
import { fillDefaults } from "../../config/fill-defaults";

describe("filling in defaults", () => {
  test("keeps what the file says, whatever it is", () => {
    const { value } = fillDefaults(
      { network: "none of your business", nodePools: { gpu: ["l4"], cpu: { a: 5 } } },
      "dev",
    );

    expect(value).toMatchObject({ network: "none of your business", nodePools: { gpu: ["l4"], cpu: { a: 5 } } });
  });

  test("gives every pool the values its stage has for its kind", () => {
    const pools = { cpu: { batch: {} }, gpu: { l4: {} } };

    expect(fillDefaults({ nodePools: pools }, "prod").value).toMatchObject({
      nodePools: {
        cpu: { batch: { capacity: "on-demand", minSize: 2 } },
        gpu: { l4: { capacity: "on-demand", minSize: 0 } },
      },
    });
    expect(fillDefaults({ nodePools: pools }, "dev").value).toMatchObject({
      nodePools: { cpu: { batch: { capacity: "spot", minSize: 0 } }, gpu: { l4: { capacity: "spot", minSize: 0 } } },
    });
  });

  test("derives nothing from values that are no text, whatever they are", () => {
    const { value } = fillDefaults({ account: { toString: [] }, region: "us-east-1" }, "dev");

    expect(value).toMatchObject({ state: { bucket: "flightdeck-state--us-east-1" } });
  });

  test("replaces a list as a whole", () => {
    const { value } = fillDefaults({ nodePools: { system: { instanceTypes: ["m7g.large"] } } }, "dev");

    expect(value).toMatchObject({ nodePools: { system: { instanceTypes: ["m7g.large"], minSize: 1 } } });
  });

  test("leaves an optional setting out where the file says null, whatever the stage gives", () => {
    const { value } = fillDefaults({ data: { stores: { logs: { expireAfterDays: null } } } }, "prod");

    expect(valueAt(value, ["data", "stores", "logs"])).toEqual({
      noncurrentRetentionDays: 30,
      infrequentAccessAfterDays: 60,
      replicate: false,
    });
  });

  test.each([
    ["a value of the stage", ["network", "nat"]],
    ["a map of the stage", ["network", "flowLogs"]],
    ["a value that follows from others", ["state", "bucket"]],
    ["a value that nothing gives", ["owner"]],
  ])("lets null hide %s that is required, so that it is missing", (_what, path) => {
    const file = path.reduceRight<unknown>((inner, key) => ({ [key]: inner }), null);
    const { value, originOf } = fillDefaults(file, "dev");

    expect([valueAt(value, path), originOf(path)]).toEqual([undefined, "file"]);
  });

  test("keeps a null that hides a default of the schema, so that it is refused", () => {
    expect(valueAt(fillDefaults({ tags: null }, "dev").value, ["tags"])).toBeNull();
  });

  test("gives a store with Intelligent-Tiering no other move, and the others theirs", () => {
    const stores = { datasets: { intelligentTiering: {} }, logs: { intelligentTiering: null } };
    const { value } = fillDefaults({ data: { stores } }, "prod");
    const moves = ["datasets", "artifacts", "logs"].map((name) =>
      valueAt(value, ["data", "stores", name, "infrequentAccessAfterDays"]),
    );

    expect(moves).toEqual([undefined, 60, 60]);
  });

  test("tells who gave a value", () => {
    const { originOf } = fillDefaults({ account: "1" }, "dev");

    expect([["account"], ["protection", "deletion"], ["podRoles"], ["state", "bucket"]].map(originOf)).toEqual([
      "file",
      "stage defaults",
      "schema default",
      "derived",
    ]);
  });
});
