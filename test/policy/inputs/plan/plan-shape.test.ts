import { InputError } from "../../../../policy/inputs/input-error";
import { parsePlan } from "../../../../policy/inputs/plan/plan-shape";

const state = (module: unknown): object => ({ prior_state: { values: { root_module: module } } });
const change = (fields: object): object => ({
  resource_changes: [{ address: "a.b", type: "a", change: { actions: ["update"], ...fields } }],
});
const parse = (plan: object): unknown =>
  parsePlan(JSON.stringify({ format_version: "1.2", configuration: {}, ...plan }), "p");
const ACTIONS = "no-op, create, read, update, delete, forget";

test.each<[object, string]>([
  [{ output_changes: "x" }, '`output_changes` must be an object, got "x"'],
  [{ output_changes: { a: null } }, "`output_changes.a.actions` must be a list with an action, got nothing"],
  [{ output_changes: { a: {} } }, "`output_changes.a.actions` must be a list with an action, got nothing"],
  [{ output_changes: { a: { actions: 1 } } }, "`output_changes.a.actions` must be a list with an action, got 1"],
  [{ output_changes: { a: { actions: [1] } } }, `\`output_changes.a.actions\` must be of ${ACTIONS}, got 1`],
  [change({ replace_paths: 1 }), "`resource_changes[0].change.replace_paths` must be a list, got 1"],
  [
    change({ replace_paths: [null] }),
    "`resource_changes[0].change.replace_paths[0]` must be a list of names and indices, got nothing",
  ],
  [
    change({ replace_paths: ["x"] }),
    '`resource_changes[0].change.replace_paths[0]` must be a list of names and indices, got "x"',
  ],
  [{ prior_state: 1 }, "`prior_state` must be an object, got 1"],
  [{ prior_state: { values: [] } }, "`prior_state.values` must be an object, got []"],
  [state(1), "`prior_state.values.root_module` must be an object, got 1"],
  [state({ resources: 1 }), "`prior_state.values.root_module.resources` must be a list, got 1"],
  [state({ resources: [null] }), "`prior_state.values.root_module.resources[0].address` must be a text, got nothing"],
  [
    state({ resources: [{ address: [], type: "a" }] }),
    "`prior_state.values.root_module.resources[0].address` must be a text, got []",
  ],
  [state({ child_modules: 1 }), "`prior_state.values.root_module.child_modules` must be a list, got 1"],
  [
    state({ child_modules: [null] }),
    "`prior_state.values.root_module.child_modules[0]` must be an object, got nothing",
  ],
  [{ deferred_changes: 1 }, "`deferred_changes` must be a list, got 1"],
  [{ deferred_changes: [null] }, "`deferred_changes[0]` must be an object, got nothing"],
  [{ deferred_changes: [{ reason: 1 }] }, "`deferred_changes[0].reason` must be a text, got 1"],
  [
    { deferred_changes: [{ resource_change: null }] },
    "`deferred_changes[0].resource_change.address` must be a text, got nothing",
  ],
])("%j is refused", (plan, problem) => {
  expect(() => parse(plan)).toThrow(new InputError([`p: ${problem}`]));
});

test("what Terraform leaves out or writes as null may be missing", () => {
  const missing = { output_changes: null, resource_drift: null, deferred_changes: null, prior_state: null };
  expect(() => parse(missing)).not.toThrow();
  expect(() => parse({ ...state(null), deferred_changes: [{}], ...change({ replace_paths: null }) })).not.toThrow();
});

test("nesting beyond all use is refused", () => {
  const deep = `${"[".repeat(20_000)}${"]".repeat(20_000)}`;
  const text = JSON.stringify({ format_version: "1.2", ...change({ after: { a: "HERE" } }) }).replace('"HERE"', deep);
  expect(() => parsePlan(text, "p")).toThrow(new InputError(["p: must be nested at most 200 levels deep"]));
});
