import { z } from "zod";
import { sandboxAccessKey } from "../../aws/signature-scope";
import { SandboxError } from "../../errors";
import { STATE_BUCKET_PRINCIPAL } from "../../gateway/state-bucket";
import type { StateBucket } from "../../gateway/state-bucket";

const stateSchema = z.object({
  outputs: z.record(z.string(), z.object({ value: z.unknown() })).default({}),
  resources: z
    .array(
      z.object({
        mode: z.string(),
        type: z.string(),
        name: z.string(),
        instances: z.array(z.object({ attributes: z.record(z.string(), z.unknown()).nullish() })),
      }),
    )
    .default([]),
});

/** The state of a stack. */
export type TerraformState = z.infer<typeof stateSchema>;

/**
 * Reads a state from its bucket in the sandbox.
 *
 * @param endpoint address of the gateway
 * @param key object of the state
 * @returns undefined when there is none
 * @throws SandboxError SANDBOX_REQUEST_REFUSED when S3 refuses, SANDBOX_NOT_RUNNING when nobody answers
 */
export async function readState(
  endpoint: string,
  { account, region, bucket }: StateBucket,
  key: string,
): Promise<TerraformState | undefined> {
  const credential = `${sandboxAccessKey(account, STATE_BUCKET_PRINCIPAL)}/20260101/${region}/s3/aws4_request`;
  const authorization = `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=host, Signature=0`;
  const path = [bucket, ...key.split("/")].map(encodeURIComponent).join("/");
  const state = `State ${key} of ${bucket}`;
  const { status, text } = await answerOf(`${endpoint}/${path}`, authorization).catch(() => {
    throw new SandboxError(
      "SANDBOX_NOT_RUNNING",
      `${state} cannot be read, since no sandbox answers at ${endpoint}; \`flightdeck sandbox up\` starts one`,
    );
  });
  if (status === 404) return undefined;
  if (status !== 200) throw new SandboxError("SANDBOX_REQUEST_REFUSED", `${state} cannot be read: HTTP ${status}`);
  const parsed = stateSchema.safeParse(fromJson(text));
  if (parsed.success) return parsed.data;
  throw new SandboxError("SANDBOX_REQUEST_REFUSED", `${state} cannot be read: it is no state of Terraform`);
}

async function answerOf(
  url: string,
  authorization: string,
): Promise<{ readonly status: number; readonly text: string }> {
  const answer = await fetch(url, { headers: { authorization } });
  return { status: answer.status, text: await answer.text() };
}

function fromJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
