import type { FastifyInstance, FastifyRequest } from "fastify";
import { z } from "zod";
import type { AccessParts, ClusterPlace } from "./access-parts";
import { authenticate } from "./authenticate";
import type { Authentication } from "./authenticate";
import { authorize } from "./authorize";
import type { AccessReview } from "./authorize";

const AUTHENTICATION_API = "authentication.k8s.io/v1";
const AUTHORIZATION_API = "authorization.k8s.io/v1";

const placeSchema = z.object({
  account: z.string().regex(/^\d{12}$/),
  region: z.string().regex(/^[a-z0-9-]+$/),
  name: z.string().min(1),
});

const tokenReviewSchema = z.object({
  apiVersion: z.literal(AUTHENTICATION_API),
  kind: z.literal("TokenReview"),
  spec: z.object({ token: z.string().default("") }),
});

const accessReviewSchema = z.object({
  apiVersion: z.literal(AUTHORIZATION_API),
  kind: z.literal("SubjectAccessReview"),
  spec: z.object({
    extra: z.record(z.string(), z.array(z.string())).default({}),
    resourceAttributes: z
      .object({
        namespace: z.string().default(""),
        verb: z.string().default(""),
        group: z.string().default(""),
        resource: z.string().default(""),
        subresource: z.string().default(""),
      })
      .optional(),
    nonResourceAttributes: z.object({ path: z.string().default(""), verb: z.string().default("") }).optional(),
  }),
});

/** Paths of a cluster's webhooks, below the address of the sandbox. */
export function accessPaths({ account, region, name }: ClusterPlace): { authenticate: string; authorize: string } {
  const base = `/_flightdeck/clusters/${account}/${region}/${encodeURIComponent(name)}`;
  return { authenticate: `${base}/authenticate`, authorize: `${base}/authorize` };
}

/**
 * The webhooks that an API server asks who a token's maker is and what he may do: TokenReview and SubjectAccessReview,
 * both `v1`.
 */
export function addAccessRoutes(app: FastifyInstance, parts: AccessParts): void {
  const base = "/_flightdeck/clusters/:account/:region/:name";
  app.post(`${base}/authenticate`, async (request, reply) => {
    const place = placeSchema.safeParse(request.params);
    const review = tokenReviewSchema.safeParse(bodyOf(request));
    if (!place.success || !review.success) {
      return reply.code(400).send({ error: `A TokenReview of ${AUTHENTICATION_API} for a cluster is expected here.` });
    }
    const outcome = await authenticateSafely(parts, place.data, review.data.spec.token);
    return { apiVersion: AUTHENTICATION_API, kind: "TokenReview", status: tokenStatus(outcome) };
  });
  app.post(`${base}/authorize`, (request, reply) => {
    const place = placeSchema.safeParse(request.params);
    const review = accessReviewSchema.safeParse(bodyOf(request));
    if (!place.success || !review.success) {
      const expected = `A SubjectAccessReview of ${AUTHORIZATION_API} for a cluster is expected here.`;
      return reply.code(400).send({ error: expected });
    }
    const { allowed, reason } = authorize(parts, place.data, accessReview(review.data.spec));
    return reply.send({
      apiVersion: AUTHORIZATION_API,
      kind: "SubjectAccessReview",
      status: { allowed, denied: false, reason },
    });
  });
}

async function authenticateSafely(parts: AccessParts, place: ClusterPlace, token: string): Promise<Authentication> {
  try {
    return await authenticate(parts, place, token);
  } catch (error) {
    return { kind: "refused", reason: `the caller cannot be looked up: ${(error as Error).message}` };
  }
}

/** The API server writes `error` to its log; the caller sees 401 only. */
function tokenStatus(outcome: Authentication): object {
  if (outcome.kind === "user") return { authenticated: true, user: outcome.user };
  return { authenticated: false, ...(outcome.kind === "refused" && { error: outcome.reason }) };
}

function accessReview(spec: z.infer<typeof accessReviewSchema>["spec"]): AccessReview {
  const { extra, resourceAttributes: wish, nonResourceAttributes: nonResource } = spec;
  if (wish === undefined) return { extra, nonResource };
  const { namespace, verb, group, resource, subresource } = wish;
  const full = subresource === "" ? resource : `${resource}/${subresource}`;
  return { extra, resource: { namespace, verb, group, resource: full } };
}

/** The gateway hands bodies on as they came. */
function bodyOf({ body }: FastifyRequest): unknown {
  if (!Buffer.isBuffer(body)) return body;
  try {
    return JSON.parse(body.toString("utf8"));
  } catch {
    return undefined;
  }
}
