import { z } from "zod";
import { callerOf, sandboxAccessKey } from "../aws/signature-scope";
import { sendToMoto } from "../moto/moto-client";
import type { MotoServer } from "../moto/moto-server";
import { partitionOf } from "../eks/model/arns";
import type { AccessParts, CallerIdentity, PresignedRequest } from "./access-parts";

/** What every access key of the sandbox's own making signs with. */
export const SANDBOX_SECRET_KEY = "sandbox";

const motoData = z.object({
  sts: z
    .object({
      AssumedRole: z
        .array(
          z.object({
            access_key_id: z.string(),
            secret_access_key: z.string(),
            session_token: z.string(),
            arn: z.string(),
            account_id: z.string(),
          }),
        )
        .default([]),
    })
    .default({ AssumedRole: [] }),
  iam: z
    .object({
      AccessKey: z
        .array(
          z.object({
            access_key_id: z.string(),
            secret_access_key: z.string(),
            status: z.string(),
            user_name: z.string().nullable(),
          }),
        )
        .default([]),
      User: z.array(z.object({ name: z.string(), arn: z.string(), account_id: z.string() })).default([]),
    })
    .default({ AccessKey: [], User: [] }),
});

/** Sessions of roles, users and their keys, as moto holds them. */
export type MotoIdentities = z.infer<typeof motoData>;

/**
 * Finds the owner of an access key in the sandbox: whoever deploys, the session of a role, or a user. moto itself takes
 * any signature, so the secret keys are read from it and the signature is checked here.
 */
export function motoCallerIdentity(moto: Pick<MotoServer, "port">): AccessParts["callerIdentity"] {
  return async (request) => {
    const deployer = deployerIdentity(request);
    if (deployer !== undefined) return deployer;
    const headers = ["host", "localhost"];
    const message = { method: "GET", url: "/moto-api/data.json", headers, body: Buffer.alloc(0), account: "0" };
    const { status, body } = await sendToMoto(moto.port, message);
    // It fails as soon as moto holds one thing that cannot be written as JSON.
    if (status !== 200) return undefined;
    return identityIn(motoData.parse(JSON.parse(body.toString("utf8"))), request.accessKey);
  };
}

/** The identity that moto gives to whoever has a key that it has not made itself. */
function deployerIdentity({ accessKey, region }: PresignedRequest): CallerIdentity | undefined {
  const { account, principal } = callerOf(accessKey);
  if (accessKey !== sandboxAccessKey(account, principal)) return undefined;
  return { arn: `arn:${partitionOf(region)}:sts::${account}:user/moto`, account, secretKey: SANDBOX_SECRET_KEY };
}

/** The owner of a key that moto has made; undefined when it has not, or when the key is switched off. */
export function identityIn({ sts, iam }: MotoIdentities, accessKey: string): CallerIdentity | undefined {
  const session = sts.AssumedRole.find(({ access_key_id }) => access_key_id === accessKey);
  if (session !== undefined) {
    const { arn, account_id: account, secret_access_key: secretKey, session_token: sessionToken } = session;
    return { arn, account, secretKey, sessionToken };
  }
  const key = iam.AccessKey.find(({ access_key_id }) => access_key_id === accessKey);
  if (key?.status !== "Active") return undefined;
  // A key says its user's name and not the account: a name that two accounts have is nobody's.
  const [user, ...others] = iam.User.filter(({ name }) => name === key.user_name);
  if (user === undefined || others.length > 0) return undefined;
  return { arn: user.arn, account: user.account_id, secretKey: key.secret_access_key };
}
