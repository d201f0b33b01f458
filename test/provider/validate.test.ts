import { allEnvironments, environment, SANDBOX, synthesizePlatforms } from "../support/platform";
import { TerraformValidator, WITHOUT_OBJECTS } from "../support/terraform";

const { texts } = synthesizePlatforms(allEnvironments());
const sandbox = synthesizePlatforms([environment("atlas/dev")], SANDBOX).texts;

let terraform: TerraformValidator;
beforeAll(() => {
  terraform = new TerraformValidator();
});
afterAll(() => {
  terraform.dispose();
});

test.each(Object.keys(texts))(
  `the oldest providers of the windows accept %s${WITHOUT_OBJECTS}`,
  (id) => {
    expect(terraform.validate(id, texts[id]!)).toMatchObject({ valid: true, diagnostics: [] });
  },
  60_000,
);

test("the oldest provider of the window accepts what the sandbox changes, in a stack that reads other states", () => {
  const id = "atlas-dev-cluster";
  expect(terraform.validate(`${id}-sandbox`, sandbox[id]!)).toMatchObject({ valid: true, diagnostics: [] });
}, 60_000);

test("an argument that the provider does not know is found", () => {
  const stack = JSON.parse(texts["atlas-dev-cluster"]!) as {
    resource: { aws_eks_cluster: Record<string, Record<string, unknown>> };
  };
  for (const cluster of Object.values(stack.resource.aws_eks_cluster)) cluster["deletion_protection"] = true;

  const { valid, diagnostics } = terraform.validate("atlas-dev-cluster-broken", JSON.stringify(stack));

  expect(valid).toBe(false);
  expect(diagnostics.map(({ summary }) => summary)).toEqual(["Extraneous JSON object property"]);
}, 60_000);
