import { PriorityClass, type PriorityClassProps } from "../../../constructs/kubernetes/priority-class";
import { failure } from "../../support/fixtures";
import { kubernetesStack, synthesizeKubernetes } from "../../support/kubernetes";

const MINIMAL: PriorityClassProps = { name: "training", value: 1000, description: "Training jobs" };
const classWith = (options: Partial<PriorityClassProps> = {}) =>
  synthesizeKubernetes((stack) => new PriorityClass(stack, "Class", { ...MINIMAL, ...options }));
const refused = (options: Partial<PriorityClassProps>) =>
  failure(() => new PriorityClass(kubernetesStack(), "Class", { ...MINIMAL, ...options }));
const RANGE = "`value` must be a whole number from -2147483648 to 1000000000";

test("a class ends pods of lower rank and is not the default", () => {
  expect(classWith().resource("kubernetes_priority_class_v1")).toEqual({
    metadata: { name: "training" },
    value: 1000,
    description: "Training jobs",
    global_default: false,
    preemption_policy: "PreemptLowerPriority",
  });
});

test("a class may be the default and end nobody", () => {
  const out = classWith({ globalDefault: true, preempts: false });
  const expected = { global_default: true, preemption_policy: "Never" };
  expect(out.resource("kubernetes_priority_class_v1")).toMatchObject(expected);
});

test("only one class may be the default", () => {
  const both = () =>
    synthesizeKubernetes((stack) => {
      new PriorityClass(stack, "First", { ...MINIMAL, globalDefault: true });
      new PriorityClass(stack, "Second", { ...MINIMAL, name: "second", globalDefault: true });
      new PriorityClass(stack, "Third", { ...MINIMAL, name: "third" });
    });
  expect(both).toThrow("[test/Second] There must be one priority class that is the default at most: test/First is it");
});

test.each([-2147483648, 1000000000])("the value %d is taken", (value) => {
  expect(classWith({ value }).resource("kubernetes_priority_class_v1")).toMatchObject({ value });
});

test.each<[string, Partial<PriorityClassProps>, string]>([
  ["a value below the range", { value: -2147483649 }, `${RANGE}, got -2147483649`],
  ["a value above the range", { value: 1000000001 }, `${RANGE}, got 1000000001`],
  ["half a rank", { value: 0.5 }, `${RANGE}, got 0.5`],
  [
    "a name of Kubernetes' own",
    { name: "system-gpu" },
    '`name` must not start with system-, which Kubernetes keeps for itself, got "system-gpu"',
  ],
  [
    "a name that is none",
    { name: "Training" },
    '`name` must be a DNS subdomain: at most 253 characters, DNS labels joined by dots, got "Training"',
  ],
  ["no description", { description: " " }, '`description` must say what belongs there, got " "'],
])("%s is refused", (_name, options, line) => {
  expect(refused(options)).toEqual({ code: "INVALID_PRIORITY_CLASS_PROPS", message: `${line}\n  in test/Class` });
});

test("an imported class has its name", () => {
  const stack = kubernetesStack();
  const imported = PriorityClass.fromPriorityClassName(stack, "Critical", "system-cluster-critical");
  expect(imported).toMatchObject({ priorityClassName: "system-cluster-critical", resource: undefined });
  expect(failure(() => PriorityClass.fromPriorityClassName(stack, "Other", "a b")).code).toBe(
    "INVALID_PRIORITY_CLASS_NAME",
  );
});
