import { createServer } from "node:net";

/**
 * Finds a loopback port.
 *
 * @param wanted the port to try; 0 lets the system choose
 * @returns the port, or undefined when it is taken
 */
export function tryPort(wanted: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(undefined));
    server.listen({ host: "127.0.0.1", port: wanted, exclusive: true }, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" ? address?.port : undefined));
    });
  });
}
