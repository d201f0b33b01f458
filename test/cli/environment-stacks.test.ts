import { environmentStacks } from "../../cli/environment-stacks";
import { environment, synthesizePlatforms } from "../support/platform";

test("the stacks that a deploy knows are those that the platform defines, with what each reads from", () => {
  const config = environment("atlas/dev");
  const { dependencies } = synthesizePlatforms([config]);
  const known = environmentStacks(config).map(({ id, needs }) => [
    id,
    needs.map((layer) => `atlas-dev-${layer}`).sort(),
  ]);
  expect(Object.fromEntries(known)).toEqual(
    Object.fromEntries(Object.entries(dependencies).map(([id, needs]) => [id, [...needs].sort()])),
  );
});
