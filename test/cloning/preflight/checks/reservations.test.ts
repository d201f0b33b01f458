import { reservationFindings } from "../../../../cloning/preflight/checks/reservations";
import type { ReservationFact } from "../../../../cloning/preflight/preflight-aws";
import { denied, factsOf, planOf } from "../fixture";

const ID = "cr-0123456789abcdef0";
const FITS: ReservationFact = {
  ...{ id: ID, kind: "on-demand", instanceType: "p5.48xlarge", zone: "us-east-1a", state: "active" },
  ...{ total: 2, available: 2, owner: "111111111111" },
};
const planWith = (text: string) =>
  planOf(
    ["[g6.xlarge, g6.2xlarge]", "[p5.48xlarge]"],
    ["maxSize: 2", `maxSize: 2\n      capacity: on-demand\n      zones: [us-east-1a]\n      ${text}`],
  );
const RESERVED = planWith(`reservation: { id: ${ID} }`);
const BLOCK = planWith(`capacityBlock: { reservationId: ${ID} }`);

async function problems(plan: typeof RESERVED, ...reservations: ReservationFact[]) {
  const facts = await factsOf(plan, { reservations: () => Promise.resolve(reservations) });
  return reservationFindings(plan, facts).flatMap(({ facts: lines }) => lines.map(([, text]) => text));
}

test("a reservation that fits is no finding, nor is a block that has not begun", async () => {
  expect(await problems(RESERVED, FITS)).toEqual([]);
  expect(await problems(BLOCK, { ...FITS, kind: "capacity-block", state: "scheduled" })).toEqual([]);
});

test.each<[string, Partial<ReservationFact>]>([
  ["is expired", { state: "expired" }],
  ["is for p4d.24xlarge, the pool has p5.48xlarge", { instanceType: "p4d.24xlarge" }],
  ["is in us-east-1b, the pool in us-east-1a", { zone: "us-east-1b" }],
  ["holds 1 instances, the pool may grow to 2", { total: 1 }],
  ["is a capacity block: name it under `capacityBlock`", { kind: "capacity-block" }],
])("one that %s", async (problem, changes) => {
  expect(await problems(RESERVED, { ...FITS, ...changes })).toEqual([problem]);
});

test("all that is wrong with one is said at once", async () => {
  const plan = BLOCK;
  const facts = await factsOf(plan, { reservations: () => Promise.resolve([{ ...FITS, state: "expired", total: 0 }]) });
  expect(reservationFindings(plan, facts)).toEqual([
    {
      kind: "reservation",
      title: `pool l4: capacity block ${ID} does not fit`,
      facts: [
        ["it", "is a capacity reservation and no capacity block: name it under `reservation`"],
        ["", "is expired"],
        ["", "holds 0 instances, the pool may grow to 2"],
      ],
    },
  ]);
});

test("one that is not there", async () => {
  expect(await problems(RESERVED)).toEqual(["does not exist in the region"]);
});

test("an unanswered question is no finding about reservations", async () => {
  const facts = await factsOf(RESERVED, { reservations: denied("ec2:DescribeCapacityReservations") });
  expect(reservationFindings(RESERVED, facts)).toEqual([]);
});
