import { examplePools, synthesizeExamples } from "../support/examples";
import { TerraformValidator } from "../support/terraform";

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
