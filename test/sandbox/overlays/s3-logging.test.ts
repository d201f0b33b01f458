import type { AwsResponse } from "../../../sandbox/aws/aws-call";
import { internalCall } from "../../../sandbox/gateway/aws-port";
import { applyOverlays } from "../../../sandbox/overlays/apply-overlays";
import { s3Logging } from "../../../sandbox/overlays/s3-logging";

const LOGGING = "<BucketLoggingStatus><LoggingEnabled/></BucketLoggingStatus>";
const FROM_MOTO = "<BucketLoggingStatus/>";
const overlays = () => {
  const all = [s3Logging()];
  return async (method: string, url: string, body = "", status = 200, account = "111111111111") => {
    const call = internalCall({ account, principal: "p", region: "eu-west-1", service: "s3", method, url, body });
    const response: AwsResponse = { status, headers: [], body: Buffer.from(FROM_MOTO) };
    const answered = await applyOverlays(all, call, { seq: 1, moto: () => Promise.resolve(response) });
    return answered.body.toString();
  };
};

test("the logging of a bucket is read back as it was put", async () => {
  const send = overlays();
  expect(await send("GET", "/b?logging")).toBe(FROM_MOTO);
  await send("PUT", "/b?logging", LOGGING);

  expect(await send("GET", "/b?logging")).toBe(LOGGING);
  expect(await send("GET", "/other?logging")).toBe(FROM_MOTO);
  expect(await send("GET", "/b?logging", "", 200, "222222222222")).toBe(FROM_MOTO);
});

test("logging that moto refused, and that of a deleted bucket, is not remembered", async () => {
  const send = overlays();
  await send("PUT", "/b?logging", LOGGING, 400);
  expect(await send("GET", "/b?logging")).toBe(FROM_MOTO);

  await send("PUT", "/b?logging", LOGGING);
  await send("DELETE", "/b", "", 409);
  expect(await send("GET", "/b?logging")).toBe(LOGGING);
  await send("DELETE", "/b", "", 204);
  expect(await send("GET", "/b?logging")).toBe(FROM_MOTO);
});
