import type { AwsCall } from "../aws/aws-call";
import { awsError } from "../aws/aws-error";
import { type Overlay, withBody } from "./overlay";

const ANY = "Action=DescribeInstanceTypeOfferings&Version=2016-11-15&LocationType=region";

/**
 * moto answers from a record of what EC2 offers, and with an empty list where it has no record of a region. On AWS an empty
 * list says that nothing is offered there, so here the question fails instead.
 */
export const ec2UnrecordedOfferings: Overlay = {
  service: "ec2",
  actions: ["DescribeInstanceTypeOfferings"],
  answer: async (call, { moto }) => {
    const everything = await moto(withBody(call, ANY));
    if (everything.status >= 300 || everything.body.includes("<instanceType>")) return undefined;
    return awsError("ec2", { status: 400, code: "UnsupportedOperation", message: unrecorded(call) });
  },
};

function unrecorded({ region }: AwsCall): string {
  return `The sandbox has no record of the instance types that EC2 offers in ${region}`;
}
