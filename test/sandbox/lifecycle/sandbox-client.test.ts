import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { SandboxClient } from "../../../sandbox/lifecycle/sandbox-client";

test("a sandbox that does not answer in time is told from one that does not run", async () => {
  const server = createServer(() => undefined).listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const client = new SandboxClient(endpoint, 50);
  await expect(client.reconcileClusters()).rejects.toMatchObject({
    code: "SANDBOX_NO_ANSWER",
    message: `The sandbox at ${endpoint} runs, but has not answered POST clusters/reconcile within 0.05 s; \`flightdeck sandbox status\` says what it does.`,
  });
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await expect(client.reconcileClusters()).rejects.toMatchObject({
    code: "SANDBOX_NOT_RUNNING",
    message: `No sandbox answers at ${endpoint}; \`flightdeck sandbox up\` starts one.`,
  });
});
