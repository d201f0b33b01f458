import type { CliContext } from "../../../cli/context";
import { connect } from "../../../cli/preflight/connect";
import { accepted, VALID } from "../../config/environment-fixture";

describe("whom to ask", () => {
  const config = accepted(VALID);
  const context = (env: Record<string, string>) => ({ host: { env } }) as unknown as CliContext;

  test("is nobody with --offline, whatever the shell says", async () => {
    const env = { FLIGHTDECK_SANDBOX_ENDPOINT: "http://127.0.0.1:4566" };
    expect(await connect(context(env), config, { offline: true })).toEqual({
      kind: "nobody",
      reason: "as --offline says",
    });
  });

  test("is the sandbox in a shell that is turned to it", async () => {
    const env = { FLIGHTDECK_SANDBOX_ENDPOINT: "http://127.0.0.1:4566" };
    expect(await connect(context(env), config, {})).toMatchObject({
      kind: "sandbox",
      endpoint: "http://127.0.0.1:4566",
    });
  });
});
