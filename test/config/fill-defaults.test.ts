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
