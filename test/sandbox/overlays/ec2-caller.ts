import { internalCall } from "../../../sandbox/gateway/aws-port";
import { applyOverlays } from "../../../sandbox/overlays/apply-overlays";
import type { Overlay } from "../../../sandbox/overlays/overlay";

/** Calls an overlay of EC2 as Terraform does, and returns the text of the answer; `moto` where it is left to moto. */
export function ec2Caller(
  overlay: Overlay,
  { seq = 1, region = "eu-west-1", moto = "moto" } = {},
): (action: string, parameters: Record<string, string>) => Promise<string> {
  const caller = { account: "111111111111", principal: "p", region, service: "ec2", method: "POST", url: "/" };
  return async (action, parameters) => {
    const body = new URLSearchParams({ Action: action, ...parameters }).toString();
    const headers = ["content-type", "application/x-www-form-urlencoded"];
    const answer = { status: 200, headers: [], body: Buffer.from(moto) };
    const call = internalCall({ ...caller, headers, body });
    const response = await applyOverlays([overlay], call, { seq, moto: () => Promise.resolve(answer) });
    return response.body.toString("utf8");
  };
}
