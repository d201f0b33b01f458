import type { AwsCall, AwsResponse } from "../../../sandbox/aws/aws-call";
import { internalCall } from "../../../sandbox/gateway/aws-port";
import { applyOverlays } from "../../../sandbox/overlays/apply-overlays";
import { ec2EndpointRoutes } from "../../../sandbox/overlays/ec2-endpoint-routes";

const caller = { account: "111111111111", principal: "p", region: "eu-west-1" };
const ANSWERS: Readonly<Record<string, string>> = {
  ModifyVpcEndpoint: "<return>true</return>",
  DescribeVpcEndpoints: "<item><serviceName>com.amazonaws.eu-west-1.s3</serviceName></item>",
  DescribePrefixLists: "<item><prefixListId>pl-1</prefixListId></item>",
};

/** Sends a change of an endpoint through the overlay: what moto was asked after it, and the answer. */
async function modify(parameters: Record<string, string>, status = 200): Promise<{ asked: string[]; body: string }> {
  const asked: string[] = [];
  const moto = (call: AwsCall): Promise<AwsResponse> => {
    asked.push(call.body.toString().replace("&Version=2016-11-15", ""));
    return Promise.resolve({ status, headers: [], body: Buffer.from(ANSWERS[call.action] ?? "") });
  };
  const body = new URLSearchParams({ Action: "ModifyVpcEndpoint", VpcEndpointId: "vpce-1", ...parameters }).toString();
  const headers = ["content-type", "application/x-www-form-urlencoded"];
  const call = internalCall({ ...caller, service: "ec2", method: "POST", url: "/", headers, body });
  const response = await applyOverlays([ec2EndpointRoutes], call, { seq: 1, moto });
  return { asked: asked.slice(1), body: response.body.toString() };
}

test("tables that a gateway endpoint gets later get its route, and those it loses lose it", async () => {
  const { asked, body } = await modify({
    "AddRouteTableId.1": "rtb-1",
    "AddRouteTableId.2": "rtb-2",
    "RemoveRouteTableId.1": "rtb-3",
  });

  expect(body).toBe("<return>true</return>");
  expect(asked).toEqual([
    "Action=DescribeVpcEndpoints&VpcEndpointId.1=vpce-1",
    "Action=DescribePrefixLists&Filter.1.Name=prefix-list-name&Filter.1.Value.1=com.amazonaws.eu-west-1.s3",
    "Action=CreateRoute&RouteTableId=rtb-1&DestinationPrefixListId=pl-1&GatewayId=vpce-1",
    "Action=CreateRoute&RouteTableId=rtb-2&DestinationPrefixListId=pl-1&GatewayId=vpce-1",
    "Action=DeleteRoute&RouteTableId=rtb-3&DestinationPrefixListId=pl-1",
  ]);
});

test("other changes of endpoints, and refused ones, change no route", async () => {
  expect((await modify({ PolicyDocument: "{}", "AddSubnetId.1": "subnet-1" })).asked).toEqual([]);
  expect((await modify({ "AddRouteTableId.1": "rtb-1" }, 400)).asked).toEqual([]);
});
