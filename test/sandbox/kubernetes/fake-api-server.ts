import fastify from "fastify";
import type { FastifyInstance } from "fastify";
import { createAuthority, issueCertificate } from "../../../sandbox/control-plane/pki/certificate-authority";
import type { ApiConnection } from "../../../sandbox/kubernetes/api-connection";

/** A request as the fake server saw it. */
export interface SeenRequest {
  readonly method: string;
  readonly url: string;
  readonly contentType: string | undefined;
  readonly authorization: string | undefined;
  readonly body: unknown;
}

/** An HTTPS server that plays an API server as far as a test says. */
export interface FakeApiServer {
  readonly app: FastifyInstance;
  readonly connection: ApiConnection;
  readonly seen: SeenRequest[];
  readonly close: () => Promise<void>;
}

/** Starts a server; its routes are the test's. */
export async function startFakeApiServer(routes: (app: FastifyInstance) => void): Promise<FakeApiServer> {
  const now = new Date();
  const authority = await createAuthority("test", now);
  const request = { commonName: "server", usages: ["server"] as const, ipAddresses: ["127.0.0.1"] };
  const { certificate, key } = await issueCertificate(authority, request, now);
  const app = fastify({ https: { cert: certificate, key }, forceCloseConnections: true });
  const seen: SeenRequest[] = [];
  for (const type of ["application/apply-patch+yaml", "application/merge-patch+json"]) {
    app.addContentTypeParser(type, { parseAs: "string" }, (_request, body, done) => {
      done(null, JSON.parse(String(body)));
    });
  }
  app.addHook("preHandler", (request, _reply, done) => {
    const { method, url, headers, body } = request;
    seen.push({ method, url, contentType: headers["content-type"], authorization: headers.authorization, body });
    done();
  });
  routes(app as unknown as FastifyInstance);
  await app.listen({ host: "127.0.0.1", port: 0 });
  const address = app.server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return {
    app: app as unknown as FastifyInstance,
    connection: {
      server: `https://127.0.0.1:${port}`,
      certificateAuthority: authority.certificate,
      identity: { token: "t0ken" },
    },
    seen,
    close: () => app.close(),
  };
}

/** The `Status` of a refusal. */
export function status(code: number, reason: string, message: string, causes: readonly unknown[] = []): unknown {
  return { kind: "Status", apiVersion: "v1", status: "Failure", code, reason, message, details: { causes } };
}
