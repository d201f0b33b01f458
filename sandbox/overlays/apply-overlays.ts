import type { AwsCall, AwsResponse } from "../aws/aws-call";
import type { Overlay, OverlayContext } from "./overlay";

/** Executes a call through the overlays that look at it; without one, moto's answer is the answer. */
export async function applyOverlays(
  overlays: readonly Overlay[],
  call: AwsCall,
  context: OverlayContext,
): Promise<AwsResponse> {
  const concerned = overlays.filter(
    ({ service, actions }) => service === call.service && actions.includes(call.action),
  );
  const sent = concerned.reduce((current, overlay) => overlay.rewrite?.(current) ?? current, call);
  const response = (await answerOf(concerned, sent, context)) ?? (await context.moto(sent));
  return concerned.reduce((current, overlay) => overlay.amend?.(call, current) ?? current, response);
}

async function answerOf(
  overlays: readonly Overlay[],
  call: AwsCall,
  context: OverlayContext,
): Promise<AwsResponse | undefined> {
  for (const { answer } of overlays) {
    const response = await answer?.(call, context);
    if (response !== undefined) return response;
  }
  return undefined;
}
