import { request as plainRequest } from "node:http";
import { request as secureRequest } from "node:https";

/** How a server proves what it is, and how it is told who asks. */
export interface ProbeOptions {
  /** PEM; left out for plain HTTP. */
  readonly certificateAuthority?: string;
  /** PEM. */
  readonly certificate?: string;
  /** PEM. */
  readonly key?: string;
}

const TIMEOUT_MS = 3000;

/** True when a loopback server answers a GET with 200 in time. */
export function answersOk(
  url: string,
  { certificateAuthority, certificate, key }: ProbeOptions = {},
): Promise<boolean> {
  const request = url.startsWith("https:") ? secureRequest : plainRequest;
  return new Promise((resolve) => {
    const outgoing = request(
      url,
      { agent: false, timeout: TIMEOUT_MS, ca: certificateAuthority, cert: certificate, key },
      (incoming) => {
        incoming.resume();
        resolve(incoming.statusCode === 200);
      },
    );
    outgoing.once("timeout", () => outgoing.destroy());
    outgoing.once("error", () => resolve(false));
    outgoing.once("close", () => resolve(false));
    outgoing.end();
  });
}
