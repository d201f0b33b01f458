import { switchToCdkTerrain } from "../../tools/cdk-terrain";

test("the switch renames the engine, gives each provider package that engine, and leaves the rest", () => {
  const manifest = {
    name: "any",
    dependencies: { cdktf: "0.21.0", "@cdktf/provider-aws": "21.22.1", "@cdktf/provider-helm": "12.1.2", zod: "4.6.7" },
    overrides: { "light-my-request": "6.6.0" },
  };

  expect(switchToCdkTerrain(manifest)).toEqual({
    name: "any",
    dependencies: { ...manifest.dependencies, cdktf: "npm:cdktn@0.24.0" },
    overrides: {
      "light-my-request": "6.6.0",
      "@cdktf/provider-aws": { cdktf: "$cdktf" },
      "@cdktf/provider-helm": { cdktf: "$cdktf" },
    },
  });
});
