import { instanceTypes, neuronCores } from "../../catalog";

test.each([
  ["inferentia", 4],
  ["inferentia2", 2],
  ["trainium", 2],
  ["trainium2", 8],
])("a device of %s has %i cores", (model, cores) => {
  expect(neuronCores(model)).toBe(cores);
});

test("every Neuron instance type has a device with known cores", () => {
  const models = instanceTypes().flatMap(({ accelerator }) =>
    accelerator?.kind === "neuron" ? [accelerator.name] : [],
  );
  expect(models.filter((model) => neuronCores(model) === undefined)).toEqual([]);
  expect(neuronCores("h100")).toBeUndefined();
});
