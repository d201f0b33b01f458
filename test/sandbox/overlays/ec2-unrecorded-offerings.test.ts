import type { AwsCall } from "../../../sandbox/aws/aws-call";
import { internalCall } from "../../../sandbox/gateway/aws-port";
import { applyOverlays } from "../../../sandbox/overlays/apply-overlays";
import { ec2UnrecordedOfferings } from "../../../sandbox/overlays/ec2-unrecorded-offerings";

async function offerings(recorded: (call: AwsCall) => string): Promise<string> {
  const call = internalCall({
    ...{ account: "111111111111", principal: "p", region: "mx-central-1", service: "ec2", method: "POST", url: "/" },
    headers: ["content-type", "application/x-www-form-urlencoded"],
    body: "Action=DescribeInstanceTypeOfferings&Filter.1.Name=instance-type&Filter.1.Value.1=p5.48xlarge",
  });
  const moto = (sent: AwsCall) => Promise.resolve({ status: 200, headers: [], body: Buffer.from(recorded(sent)) });
  return (await applyOverlays([ec2UnrecordedOfferings], call, { seq: undefined, moto })).body.toString();
}

test("where nothing is recorded, the sandbox says so instead of offering nothing", async () => {
  expect(await offerings(() => "<instanceTypeOfferingSet/>")).toContain(
    "The sandbox has no record of the instance types that EC2 offers in mx-central-1",
  );
});

test("where something is, an empty answer means that the type is not offered", async () => {
  const recorded = ({ body }: AwsCall) =>
    body.includes("p5.48xlarge") ? "<instanceTypeOfferingSet/>" : "<instanceType>m7i.large</instanceType>";
  expect(await offerings(recorded)).toBe("<instanceTypeOfferingSet/>");
});
