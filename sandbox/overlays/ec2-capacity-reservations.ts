import type { AwsCall, AwsResponse } from "../aws/aws-call";
import { ec2Answer, ec2Arn, ec2Parameters, ec2Refusal, elements, listOf, tagSet, tagsOf } from "./ec2-query";
import { changeTags, TAG_ACTIONS, type Tagged } from "./ec2-tagged";
import { identifierOf, type Overlay } from "./overlay";

interface CapacityReservation extends Tagged {
  readonly place: string;
  /** The caller's name for the creation, by which a repeated one is known. */
  readonly token: string | undefined;
  /** The creation as it was asked for. */
  readonly asked: string;
  /** Elements of the answer besides state and tags. */
  values: Readonly<Record<string, string | undefined>>;
  cancelled: boolean;
}

/** Parameters of a creation that are answered as they were given, with what EC2 takes for them otherwise. */
const PARAMETERS: Readonly<Record<string, string | undefined>> = {
  InstanceType: undefined,
  InstancePlatform: undefined,
  AvailabilityZone: undefined,
  Tenancy: "default",
  EbsOptimized: "false",
  EphemeralStorage: "false",
  EndDate: undefined,
  EndDateType: "unlimited",
  InstanceMatchCriteria: "open",
  OutpostArn: undefined,
  PlacementGroupArn: undefined,
};

/** moto has no capacity reservations. These are active at once and never run out. */
export function ec2CapacityReservations(): Overlay {
  const byId = new Map<string, CapacityReservation>();
  const find = (call: AwsCall, id: string) => {
    const found = byId.get(id);
    return found?.place === placeOf(call) ? found : undefined;
  };
  const answers: Readonly<Record<string, (call: AwsCall, seq: number | undefined) => AwsResponse>> = {
    CreateCapacityReservation: (call, seq) => {
      const earlier = [...byId.values()].find((one) => repeats(call, one));
      if (earlier !== undefined) return again(call, earlier);
      const reservation = reservationOf(call, seq);
      byId.set(reservation.id, reservation);
      return made(call, reservation);
    },
    DescribeCapacityReservations: (call) => {
      const ids = listOf(ec2Parameters(call), "CapacityReservationId");
      const missing = ids.find((id) => find(call, id) === undefined);
      if (missing !== undefined) return notFound(missing);
      const here = [...byId.values()].filter(({ place }) => place === placeOf(call));
      const found = here.filter(({ id }) => ids.length === 0 || ids.includes(id));
      const items = found.map((one) => `<item>${render(one)}</item>`);
      return ec2Answer(call.action, `<capacityReservationSet>${items.join("")}</capacityReservationSet>`);
    },
    ModifyCapacityReservation: (call) => {
      const parameters = ec2Parameters(call);
      const id = parameters.get("CapacityReservationId") ?? "";
      const reservation = find(call, id);
      if (reservation === undefined || reservation.cancelled) return notFound(id);
      const endDateType = parameters.get("EndDateType") ?? reservation.values["endDateType"];
      const endDate = endDateType === "unlimited" ? undefined : parameters.get("EndDate");
      const count = parameters.get("InstanceCount");
      reservation.values = { ...reservation.values, endDateType, endDate: endDate ?? undefined, ...countOf(count) };
      return ec2Answer(call.action, "<return>true</return>");
    },
    CancelCapacityReservation: (call) => {
      const id = ec2Parameters(call).get("CapacityReservationId") ?? "";
      const reservation = find(call, id);
      if (reservation === undefined) return notFound(id);
      reservation.cancelled = true;
      return ec2Answer(call.action, "<return>true</return>");
    },
  };
  return {
    service: "ec2",
    actions: [...Object.keys(answers), ...TAG_ACTIONS],
    answer: (call, { seq }) =>
      Promise.resolve(
        TAG_ACTIONS.includes(call.action)
          ? changeTags(call, (id) => find(call, id))
          : answers[call.action]?.(call, seq),
      ),
  };
}

function reservationOf(call: AwsCall, seq: number | undefined): CapacityReservation {
  const parameters = ec2Parameters(call);
  const id = `cr-${identifierOf(seq, 17)}`;
  const given = Object.entries(PARAMETERS).map(([name, otherwise]) => [
    name.replace(/^./, (first) => first.toLowerCase()),
    parameters.get(name) ?? otherwise,
  ]);
  const own = {
    capacityReservationId: id,
    ownerId: call.account,
    capacityReservationArn: ec2Arn(call, `capacity-reservation/${id}`),
    reservationType: "default",
  };
  const values = { ...own, ...(Object.fromEntries(given) as object), ...countOf(parameters.get("InstanceCount")) };
  const token = parameters.get("ClientToken") ?? undefined;
  return { id, place: placeOf(call), token, asked: askedOf(call), values, cancelled: false, tags: tagsOf(parameters) };
}

function repeats(call: AwsCall, { place, token }: CapacityReservation): boolean {
  return token !== undefined && place === placeOf(call) && token === ec2Parameters(call).get("ClientToken");
}

/** @see https://docs.aws.amazon.com/ec2/latest/devguide/ec2-api-idempotency.html */
function again(call: AwsCall, earlier: CapacityReservation): AwsResponse {
  if (askedOf(call) === earlier.asked) return made(call, earlier);
  const message = "The request uses the same client token as a previous, but non-identical request.";
  return ec2Refusal("IdempotentParameterMismatch", message);
}

function made(call: AwsCall, reservation: CapacityReservation): AwsResponse {
  return ec2Answer(call.action, `<capacityReservation>${render(reservation)}</capacityReservation>`);
}

function askedOf(call: AwsCall): string {
  const parameters = ec2Parameters(call);
  parameters.sort();
  return parameters.toString();
}

function countOf(count: string | null): Record<string, string> {
  return count === null ? {} : { totalInstanceCount: count, availableInstanceCount: count };
}

function render({ values, cancelled, tags }: CapacityReservation): string {
  return elements({ ...values, state: cancelled ? "cancelled" : "active" }) + tagSet(tags);
}

function notFound(id: string): AwsResponse {
  return ec2Refusal("InvalidCapacityReservationId.NotFound", `The capacity reservation '${id}' does not exist.`);
}

function placeOf({ account, region }: AwsCall): string {
  return `${account}/${region}`;
}
