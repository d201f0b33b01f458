import { refusal, withChange } from "../environment-fixture";

const withPool = (settings: string) =>
  withChange("nodePools:\n", `nodePools:\n  neuron: {p: {maxSize: 1, ${settings}}}\n`);
const withGpu = (settings: string) => withChange("  gpu:\n", `  gpu:\n    p: {maxSize: 1, ${settings}}\n`);

describe("pools with accelerators", () => {
  test.each([
    [
      "two kinds of capacity",
      "instanceTypes: [p5.48xlarge], capacity: on-demand, zones: [us-east-1a], reservation: {id: cr-0123456789abcdef0}, capacityBlock: {reservationId: cr-0123456789abcdef0}",
      "dev.yaml:14 nodePools.gpu.p.reservation: must be left out where capacityBlock is given: a pool has one kind of capacity",
    ],
    [
      "a capacity block on spot",
      "instanceTypes: [p5.48xlarge], capacity: spot, zones: [us-east-1a], capacityBlock: {reservationId: cr-0123456789abcdef0}",
      'dev.yaml:14 nodePools.gpu.p.capacity: must be on-demand where capacityBlock is given, got "spot"',
    ],
    [
      "a reservation on spot",
      "instanceTypes: [p5.48xlarge], capacity: spot, reservation: {id: cr-0123456789abcdef0}",
      'dev.yaml:14 nodePools.gpu.p.capacity: must be on-demand where reservation is given, got "spot"',
    ],
    [
      "a reservation that names nothing",
      "instanceTypes: [p5.48xlarge], capacity: on-demand, reservation: {}",
      "dev.yaml:14 nodePools.gpu.p.reservation: must name either id or resourceGroupArn",
    ],
    [
      "a reservation that is none",
      "instanceTypes: [p5.48xlarge], capacity: on-demand, reservation: {id: r-1}",
      'dev.yaml:14 nodePools.gpu.p.reservation.id: must be the id of a capacity reservation: cr- and hexadecimal digits, got "r-1"',
    ],
    [
      "a capacity block in every zone",
      "instanceTypes: [p5.48xlarge], capacity: on-demand, capacityBlock: {reservationId: cr-0123456789abcdef0}",
      "dev.yaml:14 nodePools.gpu.p.zones: must name the one zone of the capacity block",
    ],
    [
      "a capacity block of two types",
      "instanceTypes: [p5.48xlarge, p5.4xlarge], capacity: on-demand, zones: [us-east-1a], capacityBlock: {reservationId: cr-0123456789abcdef0}",
      'dev.yaml:14 nodePools.gpu.p.instanceTypes: must name one type, that of the capacity block, got ["p5.48xlarge","p5.4xlarge"]',
    ],
    [
      "EFA on a type without it",
      "instanceTypes: [g6.xlarge], zones: [us-east-1a], efa: true",
      "dev.yaml:14 nodePools.gpu.p.efa: must be false, or all instance types must have EFA, got true; allowed: not with g6.xlarge",
    ],
    [
      "EFA over two zones",
      "instanceTypes: [p4d.24xlarge], zones: [us-east-1a, us-east-1b], efa: true",
      'dev.yaml:14 nodePools.gpu.p.zones: must name one zone where efa is true, got ["us-east-1a","us-east-1b"]',
    ],
    [
      "two ways of sharing",
      "instanceTypes: [g6.xlarge], sharing: {timeSlicing: {replicas: 2}, mps: {replicas: 2}}",
      'dev.yaml:14 nodePools.gpu.p.sharing: must be one way of sharing, got ["timeSlicing","mps"]; allowed: timeSlicing, mps or mig',
    ],
    [
      "turns of one pod",
      "instanceTypes: [g6.xlarge], sharing: {timeSlicing: {replicas: 1}}",
      "dev.yaml:14 nodePools.gpu.p.sharing.timeSlicing.replicas: must be at least 2, got 1",
    ],
    [
      "more pods than MPS takes",
      "instanceTypes: [g6.xlarge], sharing: {mps: {replicas: 49}}",
      "dev.yaml:14 nodePools.gpu.p.sharing.mps.replicas: must be 2 to 48, got 49",
    ],
    [
      "off-hours without a time zone that exists",
      'instanceTypes: [g6.xlarge], offHours: {timeZone: Europe/Atlantis, stop: "20:00", start: "07:00"}',
      'dev.yaml:14 nodePools.gpu.p.offHours.timeZone: must be an IANA time zone, got "Europe/Atlantis"; allowed: for example Europe/Berlin, America/New_York, UTC',
    ],
    [
      "off-hours that end as they begin",
      'instanceTypes: [g6.xlarge], offHours: {timeZone: UTC, stop: "07:00", start: "07:00"}',
      'dev.yaml:14 nodePools.gpu.p.offHours.stop: must be another time than start (07:00), got "07:00"',
    ],
    [
      "a time that no clock shows",
      'instanceTypes: [g6.xlarge], offHours: {timeZone: UTC, stop: "24:00", start: "07:00"}',
      'dev.yaml:14 nodePools.gpu.p.offHours.stop: must be a time of the day in quotes, from 00:00 to 23:59, got "24:00"; allowed: for example "19:30"',
    ],
    [
      "a day named twice",
      'instanceTypes: [g6.xlarge], offHours: {timeZone: UTC, stop: "20:00", start: "07:00", days: [mon, mon]}',
      'dev.yaml:14 nodePools.gpu.p.offHours.days[1]: must not name a day twice, got "mon"',
    ],
  ])("cannot have %s", (_what, settings, message) => {
    expect(refusal(withGpu(settings))).toBe(message);
  });

  test("cannot join local disks that are not there", () => {
    expect(refusal(withPool("instanceTypes: [inf2.xlarge], localStorage: raid0"))).toBe(
      'dev.yaml:13 nodePools.neuron.p.localStorage: must be none, or all instance types must have NVMe disks, got "raid0"; allowed: not with inf2.xlarge',
    );
  });

  test("cannot empty the system pool", () => {
    const offHours = 'offHours: {timeZone: UTC, stop: "20:00", start: "07:00"}';
    expect(refusal(withChange("nodePools:\n", `nodePools:\n  system: {${offHours}}\n`))).toBe(
      "dev.yaml:13 nodePools.system.offHours: must be left out: without the system pool nothing runs",
    );
  });

  test.each([
    "instanceTypes: [p5.48xlarge], capacity: on-demand, zones: [us-east-1a], efa: true, localStorage: raid0, capacityBlock: {reservationId: cr-0123456789abcdef0}",
    "instanceTypes: [p5.48xlarge], capacity: on-demand, reservation: {id: cr-0123456789abcdef0}",
    "instanceTypes: [g6.xlarge], sharing: {mps: {replicas: 48}}",
    "instanceTypes: [g6.xlarge], sharing: {timeSlicing: {replicas: 2}}",
    'instanceTypes: [g6.xlarge], offHours: {timeZone: Europe/Berlin, stop: "20:00", start: "07:00"}',
  ])("can have %s", (settings) => {
    expect(refusal(withGpu(settings))).toBe("");
  });
});
