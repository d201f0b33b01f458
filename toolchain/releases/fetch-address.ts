import { request as httpRequest } from "node:http";
import type { IncomingMessage } from "node:http";
import { request as httpsRequest } from "node:https";
import { DownloadError } from "./download-error";

const CONNECT_TIMEOUT_MS = 3_000;
/** No byte for this long is a connection that has died. */
const IDLE_TIMEOUT_MS = 30_000;
const MAX_REDIRECTS = 5;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);

/**
 * Opens an address and follows its redirects. A host that cannot be reached is given up after three seconds.
 *
 * @throws DownloadError `unreachable`, `missing` for 404, `refused` for any other answer
 */
export async function fetchAddress(address: string, redirects = 0): Promise<IncomingMessage> {
  const response = await open(address);
  const { statusCode = 0, headers } = response;
  if (statusCode === 200) return response;
  response.resume();
  if (!REDIRECTS.has(statusCode) || headers.location === undefined) {
    throw new DownloadError(statusCode === 404 ? "missing" : "refused", `${address} answered ${statusCode}`);
  }
  if (redirects === MAX_REDIRECTS) throw new DownloadError("refused", `${address} redirects too often`);
  const next = new URL(headers.location, address);
  // What was asked for in safety is not fetched without it.
  if (address.startsWith("https:") && next.protocol !== "https:") {
    throw new DownloadError("refused", `${address} redirects to ${next.protocol}//${next.host}, which is not https`);
  }
  return fetchAddress(next.href, redirects + 1);
}

/** @throws DownloadError as {@link fetchAddress} does, or `broken` when the answer breaks off */
export async function fetchText(address: string): Promise<string> {
  const response = await fetchAddress(address);
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of response) chunks.push(chunk as Buffer);
  } catch (error) {
    throw new DownloadError("broken", `${address} broke off: ${(error as Error).message}`);
  }
  return Buffer.concat(chunks).toString("utf8");
}

function open(address: string): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const request = address.startsWith("https:") ? httpsRequest : httpRequest;
    const headers = { "user-agent": "flightdeck", accept: "*/*" };
    const outgoing = request(address, { headers, agent: false, timeout: IDLE_TIMEOUT_MS });
    const connecting = setTimeout(() => {
      outgoing.destroy(unreachable(address, `no connection within ${CONNECT_TIMEOUT_MS / 1000} s`));
    }, CONNECT_TIMEOUT_MS);
    outgoing.once("socket", (socket) => {
      socket.once(address.startsWith("https:") ? "secureConnect" : "connect", () => {
        clearTimeout(connecting);
      });
    });
    outgoing.once("timeout", () => {
      outgoing.destroy(unreachable(address, `silent for ${IDLE_TIMEOUT_MS / 1000} s`));
    });
    outgoing.once("error", (error: Error) => {
      clearTimeout(connecting);
      reject(error instanceof DownloadError ? error : unreachable(address, error.message));
    });
    outgoing.once("response", (response) => {
      clearTimeout(connecting);
      resolve(response);
    });
    outgoing.end();
  });
}

function unreachable(address: string, why: string): DownloadError {
  return new DownloadError("unreachable", `${new URL(address).host} cannot be reached: ${why}`);
}
