import fastify from "fastify";
import type { FastifyInstance } from "fastify";
import { accessPaths, addAccessRoutes } from "../../../sandbox/access/access-routes";
import type { AccessParts } from "../../../sandbox/access/access-parts";
import { ACCOUNT, PLACE, VIEWER_TOKEN, accessParts, cluster, entry, policyArn } from "./clusters";
import { bearerToken } from "./tokens";

const VIEW = entry({ policies: [{ policyArn: policyArn("AmazonEKSViewPolicy"), namespaces: ["team-*"] }] });
const CANONICAL = `arn:aws:iam::${ACCOUNT}:role/viewer`;
const paths = accessPaths(PLACE);

let app: FastifyInstance | undefined;
afterEach(() => app?.close());

async function post(parts: AccessParts, path: string, body: unknown): Promise<{ status: number; body: unknown }> {
  app = fastify();
  addAccessRoutes(app, parts);
  const response = await app.inject({ method: "POST", url: path, payload: body as object });
  return { status: response.statusCode, body: response.json() };
}

const tokenReview = (token: string, apiVersion = "authentication.k8s.io/v1") => ({
  apiVersion,
  kind: "TokenReview",
  spec: { token, audiences: ["https://kubernetes.default.svc"] },
});

const accessReview = (spec: object) => ({
  apiVersion: "authorization.k8s.io/v1",
  kind: "SubjectAccessReview",
  spec: { user: "ada", extra: { canonicalArn: [CANONICAL] }, ...spec },
});

const pods = (verb: string, namespace: string, subresource?: string) =>
  accessReview({ resourceAttributes: { verb, namespace, resource: "pods", version: "v1", subresource } });

test("the paths name the cluster", () => {
  expect(paths).toEqual({
    authenticate: "/_flightdeck/clusters/111111111111/eu-west-1/atlas-dev/authenticate",
    authorize: "/_flightdeck/clusters/111111111111/eu-west-1/atlas-dev/authorize",
  });
});

describe("TokenReview", () => {
  const parts = accessParts([cluster([VIEW])]);

  test("with the user of the access entry", async () => {
    expect(await post(parts, paths.authenticate, tokenReview(bearerToken(VIEWER_TOKEN)))).toMatchObject({
      status: 200,
      body: {
        apiVersion: "authentication.k8s.io/v1",
        kind: "TokenReview",
        status: { authenticated: true, user: { username: expect.stringContaining("viewer/ada-example.com") } },
      },
    });
  });

  test("of a refused token says why, for the API server's log", async () => {
    const token = bearerToken({ ...VIEWER_TOKEN, cluster: "atlas-prod" });
    const { body } = await post(parts, paths.authenticate, tokenReview(token));
    expect(body).toMatchObject({
      status: { authenticated: false, error: expect.stringContaining("another cluster than atlas-dev") },
    });
  });

  test("of another scheme's token says nothing of it", async () => {
    const { body } = await post(parts, paths.authenticate, tokenReview("eyJ.e30.x"));
    expect(body).toMatchObject({ status: { authenticated: false } });
    expect(body).not.toHaveProperty("status.error");
  });

  test("refuses, and does not fail, while nobody can be looked up", async () => {
    const callerIdentity = () => Promise.reject(new TypeError("moto is gone"));
    const down = accessParts([cluster([VIEW])], { callerIdentity });
    const { status, body } = await post(down, paths.authenticate, tokenReview(bearerToken(VIEWER_TOKEN)));
    expect(status).toBe(200);
    expect(body).toMatchObject({
      status: { authenticated: false, error: "the caller cannot be looked up: moto is gone" },
    });
  });

  test("of another version, or for no account, is a bad request", async () => {
    const error = "A TokenReview of authentication.k8s.io/v1 for a cluster is expected here.";
    const old = tokenReview("x", "authentication.k8s.io/v1beta1");
    expect(await post(parts, paths.authenticate, old)).toEqual({ status: 400, body: { error } });
    await app?.close();
    const path = "/_flightdeck/clusters/somebody/eu-west-1/atlas-dev/authenticate";
    expect(await post(parts, path, tokenReview("x"))).toEqual({ status: 400, body: { error } });
  });
});

describe("SubjectAccessReview", () => {
  const parts = accessParts([cluster([VIEW])]);
  const verdict = (allowed: boolean, reason: string) => ({ status: { allowed, denied: false, reason } });

  test("names the policy that allows", async () => {
    const { body } = await post(parts, paths.authorize, pods("get", "team-a", "log"));
    expect(body).toEqual({
      apiVersion: "authorization.k8s.io/v1",
      kind: "SubjectAccessReview",
      ...verdict(true, "EKS access policy AmazonEKSViewPolicy"),
    });
  });

  test.each([
    ["a verb that no policy has", pods("delete", "team-a")],
    ["a namespace out of scope", pods("get", "kube-system")],
    ["a subresource that no rule names", pods("get", "team-a", "exec")],
    ["a path", accessReview({ nonResourceAttributes: { path: "/metrics", verb: "get" } })],
    ["nothing at all", accessReview({})],
  ])("has no opinion on %s", async (_, review) => {
    const { body } = await post(parts, paths.authorize, review);
    expect(body).toMatchObject(verdict(false, `no access policy of ${CANONICAL} allows it (AmazonEKSViewPolicy)`));
  });

  test("has no opinion on users that have no principal, whatever their name", async () => {
    const review = accessReview({ user: CANONICAL, extra: {} });
    const { body } = await post(parts, paths.authorize, review);
    expect(body).toMatchObject(verdict(false, "the user has no IAM principal"));
  });

  test("knows an access entry that is gone", async () => {
    const { body } = await post(accessParts([cluster([])]), paths.authorize, pods("get", "team-a"));
    expect(body).toMatchObject(verdict(false, `${CANONICAL} has no access entry in cluster atlas-dev`));
  });

  test("knows an access entry without policies", async () => {
    const { body } = await post(accessParts([cluster([entry()])]), paths.authorize, pods("get", "team-a"));
    expect(body).toMatchObject(verdict(false, `the access entry of ${CANONICAL} has no access policy`));
  });

  test("of another kind is a bad request", async () => {
    const review = { ...pods("get", "team-a"), kind: "SelfSubjectAccessReview" };
    const error = "A SubjectAccessReview of authorization.k8s.io/v1 for a cluster is expected here.";
    expect(await post(parts, paths.authorize, review)).toEqual({ status: 400, body: { error } });
  });
});

test("a gateway that hands bodies on as they came is understood, and so is nonsense", async () => {
  const gateway = (app = fastify());
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("*", { parseAs: "buffer" }, (_request, body, done) => done(null, body));
  addAccessRoutes(app, accessParts([cluster([VIEW])]));
  const send = (payload: string) =>
    gateway.inject({ method: "POST", url: paths.authorize, payload, headers: { "content-type": "application/json" } });
  expect((await send(JSON.stringify(pods("get", "team-a")))).json()).toMatchObject({ status: { allowed: true } });
  expect((await send("{")).statusCode).toBe(400);
});
