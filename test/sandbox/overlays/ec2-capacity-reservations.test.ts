import { ec2Caller } from "./ec2-caller";
import { ec2CapacityReservations } from "../../../sandbox/overlays/ec2-capacity-reservations";

const CREATE = {
  InstanceType: "p5en.48xlarge",
  InstancePlatform: "Linux/UNIX",
  AvailabilityZone: "eu-west-1a",
  InstanceCount: "2",
  EndDateType: "limited",
  EndDate: "2027-03-31T20:00:00Z",
  InstanceMatchCriteria: "targeted",
  "TagSpecifications.1.ResourceType": "capacity-reservation",
  "TagSpecifications.1.Tag.1.Key": "Name",
  "TagSpecifications.1.Tag.1.Value": "p5en",
};
const idIn = (text: string) => /<capacityReservationId>(cr-[0-9a-f]{17})</.exec(text)?.[1] ?? "";

test("a reservation is active at once, as it was asked for, with what EC2 takes otherwise", async () => {
  const call = ec2Caller(ec2CapacityReservations());
  const id = idIn(await call("CreateCapacityReservation", CREATE));
  const found = await call("DescribeCapacityReservations", { "CapacityReservationId.1": id });
  for (const element of [
    "<instanceType>p5en.48xlarge</instanceType>",
    "<tenancy>default</tenancy>",
    "<endDate>2027-03-31T20:00:00Z</endDate>",
    "<totalInstanceCount>2</totalInstanceCount>",
    "<state>active</state>",
    "<item><key>Name</key><value>p5en</value></item>",
  ]) {
    expect(found).toContain(element);
  }
});

test("a reservation changes its size and its end", async () => {
  const call = ec2Caller(ec2CapacityReservations());
  const CapacityReservationId = idIn(await call("CreateCapacityReservation", CREATE));
  await call("ModifyCapacityReservation", { CapacityReservationId, InstanceCount: "4", EndDateType: "unlimited" });
  const found = await call("DescribeCapacityReservations", {});
  expect(found).toContain("<totalInstanceCount>4</totalInstanceCount>");
  expect(found).not.toContain("<endDate>");
});

test("a cancelled reservation is still told of, and takes no change", async () => {
  const call = ec2Caller(ec2CapacityReservations());
  const CapacityReservationId = idIn(await call("CreateCapacityReservation", CREATE));
  await call("CancelCapacityReservation", { CapacityReservationId });
  expect(await call("DescribeCapacityReservations", {})).toContain("<state>cancelled</state>");
  expect(await call("ModifyCapacityReservation", { CapacityReservationId, InstanceCount: "4" })).toContain(
    "InvalidCapacityReservationId.NotFound",
  );
});

test("unknown reservations are refused, and other accounts' are unknown", async () => {
  const overlay = ec2CapacityReservations();
  const id = idIn(await ec2Caller(overlay)("CreateCapacityReservation", CREATE));
  const elsewhere = ec2Caller(overlay, { region: "us-east-1" });
  const unknown = "InvalidCapacityReservationId.NotFound";
  expect(await elsewhere("DescribeCapacityReservations", { "CapacityReservationId.1": id })).toContain(unknown);
  expect(await elsewhere("CancelCapacityReservation", { CapacityReservationId: id })).toContain(unknown);
});

test("a creation that is repeated with its token is answered with the first reservation", async () => {
  const overlay = ec2CapacityReservations();
  const asked = { ...CREATE, ClientToken: "t" };
  const first = await ec2Caller(overlay, { seq: 1 })("CreateCapacityReservation", asked);
  expect(await ec2Caller(overlay, { seq: 2 })("CreateCapacityReservation", asked)).toBe(first);
  const found = await ec2Caller(overlay)("DescribeCapacityReservations", {});
  expect(found.match(/<capacityReservationId>/g)).toHaveLength(1);
});

test("a token stands for one request, in one region", async () => {
  const overlay = ec2CapacityReservations();
  const asked = { ...CREATE, ClientToken: "t" };
  const first = idIn(await ec2Caller(overlay, { seq: 1 })("CreateCapacityReservation", asked));
  const second = ec2Caller(overlay, { seq: 2 });
  expect(await second("CreateCapacityReservation", { ...asked, InstanceCount: "3" })).toContain(
    "IdempotentParameterMismatch",
  );
  const elsewhere = await ec2Caller(overlay, { seq: 3, region: "us-east-1" })("CreateCapacityReservation", asked);
  const other = await second("CreateCapacityReservation", { ...asked, ClientToken: "u" });
  const without = await ec2Caller(overlay, { seq: 4 })("CreateCapacityReservation", CREATE);
  expect(new Set([first, ...[elsewhere, other, without].map(idIn)]).size).toBe(4);
});

test.each([
  ["cn-north-1", "aws-cn"],
  ["us-gov-west-1", "aws-us-gov"],
  ["eu-west-1", "aws"],
])("the ARN of a reservation in %s is of the partition %s", async (region, partition) => {
  const call = ec2Caller(ec2CapacityReservations(), { region });
  const arn = `<capacityReservationArn>arn:${partition}:ec2:${region}:111111111111:capacity-reservation/cr-`;
  expect(await call("CreateCapacityReservation", CREATE)).toContain(arn);
});

test("tags change", async () => {
  const call = ec2Caller(ec2CapacityReservations());
  const id = idIn(await call("CreateCapacityReservation", CREATE));
  await call("CreateTags", { "ResourceId.1": id, "Tag.1.Key": "Stage", "Tag.1.Value": "dev" });
  expect(await call("DescribeCapacityReservations", {})).toContain("<item><key>Stage</key><value>dev</value></item>");
});
