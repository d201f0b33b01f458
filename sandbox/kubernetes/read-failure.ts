import { z } from "zod";
import type { KubernetesFailure } from "./api-error";

/** The `Status` that the API server answers a refused request with. */
const statusSchema = z.object({
  kind: z.literal("Status"),
  message: z.string().default(""),
  reason: z.string().default(""),
  details: z
    .object({ causes: z.array(z.object({ field: z.string().optional(), message: z.string().optional() })).optional() })
    .nullish(),
});

const REASONS: Readonly<Record<number, string>> = {
  400: "BadRequest",
  401: "Unauthorized",
  403: "Forbidden",
  404: "NotFound",
  409: "Conflict",
  422: "Invalid",
  429: "TooManyRequests",
  500: "InternalError",
  503: "ServiceUnavailable",
  504: "Timeout",
};

/**
 * Reads what the API server refused.
 *
 * @param status HTTP status
 * @param value body, as JSON or text
 * @param asked the request, for an answer that says nothing
 */
export function readFailure(status: number, value: unknown, asked: string): KubernetesFailure {
  const { success, data } = statusSchema.safeParse(value);
  const reason = (success && data.reason) || (REASONS[status] ?? "Unknown");
  const said = success ? data.message : typeof value === "string" ? value.trim() : "";
  const causes = success ? (data.details?.causes ?? []) : [];
  return {
    status,
    reason,
    message: said || `${asked}: HTTP ${status}`,
    causes: causes.map(({ field, message = "" }) => (field ? `${field}: ${message}` : message)),
  };
}
