import { KubernetesApi, referenceOf } from "../../../sandbox/kubernetes/api-client";
import { KubernetesApiError } from "../../../sandbox/kubernetes/api-error";
import { startFakeApiServer, status } from "./fake-api-server";
import type { FakeApiServer } from "./fake-api-server";

const CORE = {
  resources: [
    { name: "namespaces", kind: "Namespace", namespaced: false },
    { name: "pods", kind: "Pod", namespaced: true },
    { name: "pods/status", kind: "Pod", namespaced: true },
  ],
};
const POD = { apiVersion: "v1", kind: "Pod", metadata: { name: "web", namespace: "team" } };
const BY = { fieldManager: "test" };

let server: FakeApiServer;
let api: KubernetesApi;
let widgets: unknown[];
beforeAll(async () => {
  server = await startFakeApiServer((app) => {
    app.get("/readyz", (_request, reply) => reply.type("text/plain").send("ok"));
    app.get("/api/v1", () => CORE);
    app.get("/apis/example.com/v1", () => ({ resources: widgets }));
    app.get("/apis/example.com/v1/widgets/w", () => ({ kind: "Widget" }));
    app.get("/apis/broken.io/v1", (_request, reply) => reply.code(503).send(status(503, "ServiceUnavailable", "down")));
    app.get("/api/v1/namespaces/team/pods/web", () => POD);
    app.get("/api/v1/namespaces/team/pods/none", (_request, reply) =>
      reply.code(404).send(status(404, "NotFound", 'pods "none" not found')),
    );
    app.get<{ Querystring: { continue?: string } }>("/api/v1/pods", ({ query }) => ({
      items: [{ metadata: { name: query.continue ? "two" : "one" } }],
      metadata: query.continue ? {} : { continue: "more" },
    }));
    app.get("/api/v1/namespaces/cut/pods", (_request, reply) => {
      reply.raw.writeHead(200, { "content-length": "100" });
      reply.raw.write("{");
      setTimeout(() => reply.raw.destroy(), 10);
    });
    app.get("/slow", () => new Promise(() => undefined));
    app.post("/api/v1/namespaces/team/pods", ({ body }) => body);
    app.patch("/api/v1/namespaces/team/pods/web", ({ body }) => body);
    app.patch("/api/v1/namespaces/team/pods/web/status", ({ body }) => body);
    app.patch("/api/v1/namespaces/team/pods/bad", (_request, reply) =>
      reply
        .code(422)
        .send(status(422, "Invalid", "bad is invalid", [{ field: "spec.x", message: "must be y" }, { message: "no" }])),
    );
    app.delete("/api/v1/namespaces/team/pods/web", () => ({ kind: "Status", status: "Success" }));
    app.delete("/api/v1/namespaces/team/pods/none", (_request, reply) => reply.code(404).send("not json"));
  });
});
beforeEach(() => {
  widgets = [];
  server.seen.length = 0;
  api = new KubernetesApi(server.connection, { timeoutMs: 500 });
});
afterEach(() => {
  api.close();
});
afterAll(() => server.close());

const named = (name: string) => ({ apiVersion: "v1", kind: "Pod", name, namespace: "team" });

test("an object is read with the token, and one that is not there is undefined", async () => {
  expect(await api.get(referenceOf(POD))).toEqual(POD);
  expect(await api.get(named("none"))).toBeUndefined();
  expect(server.seen.map(({ authorization }) => authorization)).toEqual([
    "Bearer t0ken",
    "Bearer t0ken",
    "Bearer t0ken",
  ]);
});

test("the kinds of a group are asked for once", async () => {
  await Promise.all([api.get(referenceOf(POD)), api.get(referenceOf(POD))]);
  await api.get(referenceOf(POD));
  expect(await api.namespaced({ apiVersion: "v1", kind: "Namespace" })).toBe(false);
  expect(server.seen.filter(({ url }) => url === "/api/v1")).toHaveLength(1);
});

test("a kind that appears later is found, one that never does is an error of its own", async () => {
  const widget = { apiVersion: "example.com/v1", kind: "Widget", name: "w" };
  await expect(api.get(widget)).rejects.toMatchObject({
    status: 404,
    reason: "KindUnknown",
    message: "The API server knows no kind `Widget` in `example.com/v1`",
  });
  widgets = [{ name: "widgets", kind: "Widget", namespaced: false }];
  expect(await api.get(widget)).toEqual({ kind: "Widget" });
  await expect(api.get({ ...widget, apiVersion: "absent.io/v1" })).rejects.toMatchObject({ reason: "KindUnknown" });
});

test("a group that does not answer for the moment is asked again", async () => {
  const reference = { apiVersion: "broken.io/v1", kind: "Thing", name: "t" };
  await expect(api.get(reference)).rejects.toMatchObject({
    status: 503,
    reason: "ServiceUnavailable",
    message: "down",
  });
  await expect(api.get(reference)).rejects.toMatchObject({ status: 503 });
  expect(server.seen).toHaveLength(2);
});

test("a list is read to its end, and every object in it has its kind", async () => {
  expect(await api.list("v1", "Pod", { labelSelector: "a=b" })).toEqual([
    { metadata: { name: "one" }, apiVersion: "v1", kind: "Pod" },
    { metadata: { name: "two" }, apiVersion: "v1", kind: "Pod" },
  ]);
  expect(server.seen.map(({ url }) => url)).toEqual([
    "/api/v1",
    "/api/v1/pods?limit=500&labelSelector=a%3Db",
    "/api/v1/pods?limit=500&labelSelector=a%3Db&continue=more",
  ]);
});

test("an apply is strict and does not take over fields, unless told so", async () => {
  await api.apply(POD, BY);
  await api.apply(POD, { ...BY, force: true, dryRun: true, fieldValidation: "Warn" });
  await api.applyStatus(POD, BY);
  const [, ...patches] = server.seen;
  expect(patches.map(({ url, contentType }) => [url, contentType])).toEqual([
    [
      "/api/v1/namespaces/team/pods/web?fieldManager=test&force=false&fieldValidation=Strict",
      "application/apply-patch+yaml",
    ],
    [
      "/api/v1/namespaces/team/pods/web?fieldManager=test&force=true&fieldValidation=Warn&dryRun=All",
      "application/apply-patch+yaml",
    ],
    [
      "/api/v1/namespaces/team/pods/web/status?fieldManager=test&force=false&fieldValidation=Strict",
      "application/apply-patch+yaml",
    ],
  ]);
});

test("create, merge patch and delete go where they belong", async () => {
  await api.create(POD);
  await api.mergePatch(referenceOf(POD), { spec: null }, { subresource: "status" });
  await api.mergePatch(referenceOf(POD), { spec: null });
  expect(await api.delete(referenceOf(POD), { gracePeriodSeconds: 0 })).toBe(true);
  expect(await api.delete(named("none"))).toBe(false);
  expect(server.seen.slice(1).map(({ method, url }) => `${method} ${url}`)).toEqual([
    "POST /api/v1/namespaces/team/pods?fieldValidation=Strict",
    "PATCH /api/v1/namespaces/team/pods/web/status",
    "PATCH /api/v1/namespaces/team/pods/web",
    "DELETE /api/v1/namespaces/team/pods/web",
    "DELETE /api/v1/namespaces/team/pods/none",
  ]);
  expect(server.seen[4]?.body).toEqual({
    apiVersion: "v1",
    kind: "DeleteOptions",
    propagationPolicy: "Background",
    gracePeriodSeconds: 0,
  });
});

test("a refusal carries the server's status, reason, message and fields", async () => {
  const bad = { ...POD, metadata: { name: "bad", namespace: "team" } };
  const error = await api.apply(bad, BY).catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(KubernetesApiError);
  expect(error).toMatchObject({
    status: 422,
    reason: "Invalid",
    message: "bad is invalid",
    causes: ["spec.x: must be y", "no"],
  });
});

test("a server that says nothing, cuts off or is not there is unreachable", async () => {
  await expect(api.request("GET", "/slow")).rejects.toMatchObject({
    status: 0,
    reason: "Unreachable",
    message: `The API server at ${server.connection.server} does not answer: no answer within 500 ms`,
  });
  await expect(api.list("v1", "Pod", { namespace: "cut" })).rejects.toMatchObject({ reason: "Unreachable" });
  const nobody = new KubernetesApi({ ...server.connection, server: "https://127.0.0.1:1" });
  await expect(nobody.request("GET", "/")).rejects.toThrow("ECONNREFUSED");
  expect(await nobody.ready()).toBe(false);
  expect(await api.ready()).toBe(true);
  nobody.close();
});

test("a server of another authority is not talked to", async () => {
  const other = await startFakeApiServer(() => undefined);
  const { certificateAuthority } = other.connection;
  const stranger = new KubernetesApi({ ...server.connection, certificateAuthority });
  await expect(stranger.request("GET", "/readyz")).rejects.toMatchObject({ status: 0 });
  stranger.close();
  await other.close();
});
