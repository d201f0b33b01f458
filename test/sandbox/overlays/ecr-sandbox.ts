import { internalCall } from "../../../sandbox/gateway/aws-port";
import { applyOverlays } from "../../../sandbox/overlays/apply-overlays";
import type { Overlay } from "../../../sandbox/overlays/overlay";

/** Sends a call of ECR; the answer is its status and what its body says. */
type Send = (action: string, input: object, region?: string) => Promise<Record<string, unknown>>;

/** Sends calls of ECR to an overlay that has to answer them alone. */
export function ecrSandbox(overlay: Overlay): Send {
  const moto = () => Promise.reject(new Error("moto was asked"));
  return async (action: string, input: object, region = "eu-west-1") => {
    const call = internalCall({
      ...{ account: "111111111111", principal: "p", region, service: "ecr", method: "POST", url: "/" },
      headers: ["x-amz-target", `AmazonEC2ContainerRegistry_V20150921.${action}`],
      body: JSON.stringify(input),
    });
    const { status, body } = await applyOverlays([overlay], call, { seq: 1, moto });
    return { status, ...(JSON.parse(body.toString()) as Record<string, unknown>) };
  };
}
