import type { AwsCall, AwsResponse } from "../aws/aws-call";
import { ec2Parameters, listOf } from "./ec2-query";
import { type Overlay, type OverlayContext, withBody } from "./overlay";

type Moto = OverlayContext["moto"];

/**
 * moto gives a route to the tables that a gateway endpoint is made with, but not to those it gets later, and then refuses to
 * delete the endpoint since their routes are missing. So tables that come or go get and lose the route here.
 */
export const ec2EndpointRoutes: Overlay = {
  service: "ec2",
  actions: ["ModifyVpcEndpoint"],
  answer: async (call, { moto }) => {
    const response = await moto(call);
    if (response.status < 300) await changeRoutes(call, moto);
    return response;
  },
};

async function changeRoutes(call: AwsCall, moto: Moto): Promise<void> {
  const parameters = ec2Parameters(call);
  const [added, removed] = [listOf(parameters, "AddRouteTableId"), listOf(parameters, "RemoveRouteTableId")];
  if (added.length + removed.length === 0) return;
  const endpoint = parameters.get("VpcEndpointId") ?? "";
  const prefixList = await prefixListOf(call, moto, endpoint);
  const route = (table: string) => ({ RouteTableId: table, DestinationPrefixListId: prefixList });
  for (const table of added) await moto(as(call, "CreateRoute", { ...route(table), GatewayId: endpoint }));
  for (const table of removed) await moto(as(call, "DeleteRoute", route(table)));
}

/** Id of the list of addresses that the endpoint's service has. */
async function prefixListOf(call: AwsCall, moto: Moto, endpoint: string): Promise<string> {
  const described = await moto(as(call, "DescribeVpcEndpoints", { "VpcEndpointId.1": endpoint }));
  const name = textIn(described, "serviceName");
  const filter = { "Filter.1.Name": "prefix-list-name", "Filter.1.Value.1": name };
  return textIn(await moto(as(call, "DescribePrefixLists", filter)), "prefixListId");
}

function textIn(response: AwsResponse, element: string): string {
  return new RegExp(`<${element}>([^<]*)</${element}>`).exec(response.body.toString("utf8"))?.[1] ?? "";
}

/** The call as another of the same service and caller. */
function as(call: AwsCall, action: string, parameters: Readonly<Record<string, string>>): AwsCall {
  const body = new URLSearchParams({ Action: action, Version: "2016-11-15", ...parameters });
  return { ...withBody(call, body.toString()), action };
}
