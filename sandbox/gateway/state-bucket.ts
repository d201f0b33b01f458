import { sandboxAccessKey } from "../aws/signature-scope";
import { SandboxError } from "../errors";

/** The bucket that holds Terraform's states. */
export interface StateBucket {
  /** Twelve digits. */
  readonly account: string;
  readonly region: string;
  readonly bucket: string;
}

/** Principal to which the bucket is attributed in journal and call log. */
export const STATE_BUCKET_PRINCIPAL = "state-bucket";

const NAMESPACE = 'xmlns="http://s3.amazonaws.com/doc/2006-03-01/"';

/** What makes the bucket versioned, encrypted and private, by subresource. */
const SETTINGS: Readonly<Record<string, string>> = {
  versioning: `<VersioningConfiguration ${NAMESPACE}><Status>Enabled</Status></VersioningConfiguration>`,
  encryption: `<ServerSideEncryptionConfiguration ${NAMESPACE}><Rule><ApplyServerSideEncryptionByDefault><SSEAlgorithm>AES256</SSEAlgorithm></ApplyServerSideEncryptionByDefault></Rule></ServerSideEncryptionConfiguration>`,
  publicAccessBlock: `<PublicAccessBlockConfiguration ${NAMESPACE}><BlockPublicAcls>true</BlockPublicAcls><IgnorePublicAcls>true</IgnorePublicAcls><BlockPublicPolicy>true</BlockPublicPolicy><RestrictPublicBuckets>true</RestrictPublicBuckets></PublicAccessBlockConfiguration>`,
  ownershipControls: `<OwnershipControls ${NAMESPACE}><Rule><ObjectOwnership>BucketOwnerEnforced</ObjectOwnership></Rule></OwnershipControls>`,
};

/**
 * Creates the state bucket in the sandbox unless it is there with all its settings.
 *
 * @param endpoint address of the gateway
 * @returns true when anything had to be done
 * @throws SandboxError SANDBOX_REQUEST_REFUSED when S3 refuses, e.g. a name that is no bucket name
 */
export async function ensureStateBucket(endpoint: string, target: StateBucket): Promise<boolean> {
  const { region } = target;
  const existed = (await send(endpoint, target, "HEAD", "")).ok;
  if (!existed) {
    const place = region === "us-east-1" ? "" : `<LocationConstraint>${region}</LocationConstraint>`;
    const body = place === "" ? "" : `<CreateBucketConfiguration ${NAMESPACE}>${place}</CreateBucketConfiguration>`;
    await demand(endpoint, target, "PUT", "", body);
  }
  let changed = !existed;
  for (const [setting, body] of Object.entries(SETTINGS)) {
    if (existed && (await isSet(endpoint, target, setting))) continue;
    await demand(endpoint, target, "PUT", `?${setting}`, body);
    changed = true;
  }
  return changed;
}

async function isSet(endpoint: string, target: StateBucket, setting: string): Promise<boolean> {
  const answer = await send(endpoint, target, "GET", `?${setting}`);
  // A bucket that was never versioned has an empty configuration instead of none.
  return answer.ok && (setting !== "versioning" || (await answer.text()).includes("<Status>Enabled</Status>"));
}

async function demand(
  endpoint: string,
  target: StateBucket,
  method: string,
  query: string,
  body: string,
): Promise<void> {
  const answer = await send(endpoint, target, method, query, body);
  if (answer.ok) return;
  const text = await answer.text();
  const reason = /<Message>([^<]*)/.exec(text)?.[1] ?? `HTTP ${answer.status}`;
  throw new SandboxError(
    "SANDBOX_REQUEST_REFUSED",
    `State bucket ${target.bucket} of account ${target.account}: ${method} ${query === "" ? "bucket" : query.slice(1)} was refused: ${reason}`,
  );
}

function send(endpoint: string, target: StateBucket, method: string, query: string, body?: string): Promise<Response> {
  const { account, region, bucket } = target;
  const credential = `${sandboxAccessKey(account, STATE_BUCKET_PRINCIPAL)}/20260101/${region}/s3/aws4_request`;
  const headers = { authorization: `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=host, Signature=0` };
  return fetch(`${endpoint}/${encodeURIComponent(bucket)}${query}`, {
    method,
    headers,
    body: body === "" ? undefined : body,
  });
}
