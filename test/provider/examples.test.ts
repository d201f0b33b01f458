import { examplePools, synthesizeExamples } from "../support/examples";
import { synthesizeWorkloads } from "../support/every-construct";
import { TerraformValidator, WITHOUT_OBJECTS } from "../support/terraform";

let terraform: TerraformValidator;
beforeAll(() => {
  terraform = new TerraformValidator();
});
afterAll(() => {
  terraform.dispose();
});

test("the oldest provider of the window accepts every example pool, all in one cluster", async () => {
  const { json } = await synthesizeExamples(examplePools());
  expect(terraform.validate("example-pools", JSON.stringify(json))).toMatchObject({ valid: true, diagnostics: [] });
}, 60_000);

test(`the oldest providers of the windows accept a workload of every kind${WITHOUT_OBJECTS}`, () => {
  const { json } = synthesizeWorkloads();
  expect(terraform.validate("workloads", JSON.stringify(json))).toMatchObject({ valid: true, diagnostics: [] });
}, 60_000);
