import { NAME_LIMITS, resourceName } from "../../constructs/core/naming";
import { stateKey, storeBucketName } from "../../config/names";
import { limits } from "../../catalog";

const PLACE = { project: "atlas", stage: "dev", account: "111111111111", region: "us-east-1" };

describe("names that follow from an environment", () => {
  test("of a bucket are those the library gives it", () => {
    const { project, stage, account, region } = PLACE;
    const parts = [project, stage, "models", account, region];

    expect(storeBucketName(PLACE, "models")).toBe("atlas-dev-models-111111111111-us-east-1");
    expect(storeBucketName(PLACE, "models")).toBe(resourceName(parts, { max: NAME_LIMITS.bucket }));
  });

  test("of a state tell project, stage and layer", () => {
    expect(stateKey(PLACE, "network")).toBe("atlas/dev/network.tfstate");
  });

  test("are checked against the limits the library keeps", () => {
    const { bucket, iamRole, nodeGroup, cluster } = limits().names;

    expect({ bucket, iamRole, nodeGroup, eksCluster: cluster }).toEqual({
      bucket: NAME_LIMITS.bucket,
      iamRole: NAME_LIMITS.iamRole,
      nodeGroup: NAME_LIMITS.nodeGroup,
      eksCluster: NAME_LIMITS.eksCluster,
    });
  });
});
