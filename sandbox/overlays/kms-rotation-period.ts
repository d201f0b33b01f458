import type { AwsCall } from "../aws/aws-call";
import { jsonInput } from "./json-body";
import type { Overlay } from "./overlay";
import { amendText } from "./overlay";

interface RotationCall {
  readonly KeyId?: string;
  readonly RotationPeriodInDays?: number;
}

/** AWS rotates once a year unless told otherwise. */
const DEFAULT_DAYS = 365;

/** moto knows whether a key is rotated, but not how often. */
export function kmsRotationPeriod(): Overlay {
  const periods = new Map<string, number>();
  return {
    service: "kms",
    actions: ["EnableKeyRotation", "GetKeyRotationStatus"],
    amend: (call, response) => {
      const { KeyId = "", RotationPeriodInDays } = jsonInput<RotationCall>(call);
      const id = keyOf(call, KeyId);
      if (call.action === "EnableKeyRotation") {
        if (response.status < 300) periods.set(id, RotationPeriodInDays ?? periods.get(id) ?? DEFAULT_DAYS);
        return response;
      }
      return amendText(response, (text) => {
        const status = JSON.parse(text) as { KeyRotationEnabled: boolean };
        const period = status.KeyRotationEnabled ? { RotationPeriodInDays: periods.get(id) ?? DEFAULT_DAYS } : {};
        return JSON.stringify({ ...period, ...status });
      });
    },
  };
}

function keyOf({ account, region }: AwsCall, keyId: string): string {
  return `${account}/${region}/${keyId.slice(keyId.lastIndexOf("/") + 1)}`;
}
