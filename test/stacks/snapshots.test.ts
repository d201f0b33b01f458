import { allEnvironments, readStack, synthesizePlatforms } from "../support/platform";

/**
 * Whole environments as Terraform reads them: what a change of a construct, of the catalogue or of a default does to every
 * one of them, to be read in the review. Written anew with `npx jest test/stacks/snapshots --updateSnapshot` and never in CI.
 */
const { texts } = synthesizePlatforms(allEnvironments());

test.each(Object.keys(texts))("%s", (id) => {
  expect(readStack(texts[id]!).json).toMatchSnapshot();
});
