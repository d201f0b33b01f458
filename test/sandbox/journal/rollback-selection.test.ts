import { openOperations } from "../../../sandbox/journal/rollback-selection";
import { entry, lockCall } from "./entries";

const NETWORK = "atlas-dev-network";
const DATA = "atlas-dev-data";

test("everything since the lock was taken belongs to the open operation, of that stack only", () => {
  const entries = [
    entry(1),
    lockCall(2, NETWORK, "PutObject"),
    entry(3),
    entry(4, { principal: DATA }),
    entry(5, { status: 400 }),
    entry(6, { account: "222222222222" }),
    entry(7),
  ];
  const [operation, ...others] = openOperations(entries, {});
  expect(others).toEqual([]);
  expect(operation).toEqual(
    expect.objectContaining({ stack: NETWORK, lock: "state/atlas/dev/network.tfstate.tflock", since: 2000 }),
  );
  expect(operation?.calls.map(({ seq }) => seq)).toEqual([2, 3, 7]);
});

test("a released lock leaves nothing open, a later one does", () => {
  const closed = [lockCall(1, NETWORK, "PutObject"), entry(2), lockCall(3, NETWORK, "DeleteObject")];
  expect(openOperations(closed, {})).toEqual([]);
  const again = [...closed, lockCall(4, NETWORK, "PutObject"), entry(5)];
  expect(openOperations(again, {})[0]?.calls.map(({ seq }) => seq)).toEqual([4, 5]);
});

test("a lock that was refused or rolled back holds nothing", () => {
  expect(openOperations([lockCall(1, NETWORK, "PutObject", { status: 412 }), entry(2)], {})).toEqual([]);
  expect(openOperations([lockCall(1, NETWORK, "PutObject", { voided: true }), entry(2)], {})).toEqual([]);
});

test.each([
  [{ prefix: "atlas-dev-" }, [NETWORK, DATA]],
  [{ prefix: "atlas-" }, [NETWORK, DATA, "atlas-prod-data"]],
  [{ stacks: [DATA] }, [DATA]],
  [{ stacks: [] }, []],
  [{ stateBucket: "another" }, []],
])("%j chooses %j", (scope, stacks) => {
  const entries = [NETWORK, DATA, "atlas-prod-data"].map((stack, index) => lockCall(index + 1, stack, "PutObject"));
  expect(openOperations(entries, scope).map(({ stack }) => stack)).toEqual(stacks);
});
