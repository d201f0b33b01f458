import type { AwsCall, AwsResponse } from "../aws/aws-call";
import type { Overlay } from "./overlay";

/** Executes a call through the overlays that look at it; without one, moto's answer is the answer. */
export async function applyOverlays(
  overlays: readonly Overlay[],
  call: AwsCall,
  moto: (call: AwsCall) => Promise<AwsResponse>,
): Promise<AwsResponse> {
  const concerned = overlays.filter(
    ({ service, actions }) => service === call.service && actions.includes(call.action),
  );
  const sent = concerned.reduce((current, overlay) => overlay.rewrite?.(current) ?? current, call);
  const response = await moto(sent);
  return concerned.reduce((current, overlay) => overlay.amend?.(call, current) ?? current, response);
}
