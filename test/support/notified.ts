import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";

/** A notification as it came. */
export interface Notification {
  /** Path that it was sent to. */
  readonly path: string;
  /** Header with the token; undefined: none. */
  readonly authorization: string | undefined;
  readonly body: Readonly<Record<string, unknown>>;
}

/** Takes whatever Alertmanager sends, in the place of Slack, of webhooks and of what retrains models. */
export class Notified {
  readonly notifications: Notification[] = [];

  private constructor(
    private readonly server: Server,
    readonly address: string,
  ) {}

  static async start(): Promise<Notified> {
    const server = createServer().listen(0, "127.0.0.1");
    await new Promise((resolve) => server.once("listening", resolve));
    const notified = new Notified(server, `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    server.on("request", (request: IncomingMessage, response: { end: (text: string) => void }) => {
      const chunks: Buffer[] = [];
      request.on("data", (chunk: Buffer) => chunks.push(chunk));
      request.on("end", () => {
        const body = JSON.parse(Buffer.concat(chunks).toString()) as Notification["body"];
        notified.notifications.push({ path: request.url ?? "", authorization: request.headers.authorization, body });
        response.end("ok");
      });
    });
    return notified;
  }

  /** What came to a path. */
  at(path: string): readonly Notification[] {
    return this.notifications.filter((one) => one.path === path);
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}
