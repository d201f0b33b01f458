import { z } from "zod";
import { clockTime, kebabName } from "./primitives";

const httpsUrl = () =>
  z.string().regex(/^https:\/\/[\w.-]+(:\d+)?(\/\S*)?$/, "must be an address that starts with https://");

const receiverNames = (severity: string) =>
  z
    .array(kebabName().describe("Name of a receiver."))
    .describe(`Receivers that are told of alerts of severity ${severity}; an empty list: nobody.`);

const receiverSchema = z.strictObject({
  slack: z
    .strictObject({
      channel: z
        .string()
        .regex(/^#[a-z0-9_-]{1,79}$/, "must be a channel: # and up to 79 lower-case letters, digits, - and _")
        .describe("Channel, with its #.")
        .meta({ examples: ["#ml-alerts"] }),
    })
    .optional()
    .describe("A Slack channel; the secret holds the URL of the incoming webhook. Left out: none."),
  pagerduty: z
    .strictObject({})
    .optional()
    .describe("A PagerDuty service; the secret holds its integration key (Events API v2). Left out: none."),
  email: z
    .strictObject({
      to: z.array(z.email("must be an e-mail address")).min(1, "must name at least one address").describe("To whom."),
      from: z.email("must be an e-mail address").describe("From whom."),
      server: z
        .string()
        .regex(/^[a-z0-9.-]+:\d{2,5}$/, "must be host:port in lower case")
        .describe("SMTP server with STARTTLS, as host:port.")
        .meta({ examples: ["email-smtp.us-east-1.amazonaws.com:587"] }),
      username: z
        .string()
        .min(1, "must not be empty")
        .describe("User of the SMTP server; the secret holds the password."),
    })
    .optional()
    .describe("E-mail. Left out: none."),
  webhook: z
    .strictObject({
      url: httpsUrl().describe("Address that takes Alertmanager's webhook."),
      bearerToken: z.boolean().default(false).describe("Whether the secret holds a bearer token for the address."),
    })
    .optional()
    .describe("Any other service. Left out: none."),
});

/** A share from 0 to 1, both left out. */
const share = () => z.number().gt(0, "must be above 0").lt(1, "must be below 1");

const thresholdsSchema = z.strictObject({
  gpuTemperatureCelsius: z.number().min(40).max(110).optional().describe("Degrees Celsius of a GPU. Left out: 85."),
  gpuMemoryRatio: share().optional().describe("Share of a GPU's memory in use. Left out: 0.95."),
  gpuIdleRatio: share().optional().describe("Utilisation under which an allocated GPU is idle. Left out: 0.05."),
  gpuIdleMinutes: z.int().min(5).optional().describe("Minutes for which a GPU must be idle. Left out: 60."),
  gpuPendingMinutes: z.int().min(1).optional().describe("Minutes that a pod with GPUs may wait. Left out: 15."),
  volumeRatio: share().optional().describe("Share of a volume in use. Left out: 0.85."),
  trackingErrorRatio: share().optional().describe("Share of failed requests to MLflow. Left out: 0.05."),
  databaseConnectionRatio: share().optional().describe("Share of a database's connections in use. Left out: 0.8."),
  databaseFreeStorageBytes: z.int().positive().optional().describe("Free storage of a database. Left out: 10 GiB."),
  servingQueueSeconds: z
    .number()
    .positive()
    .optional()
    .describe("Seconds a request may wait in a model server. Left out: 5."),
  servingFirstTokenSeconds: z
    .number()
    .positive()
    .optional()
    .describe("Seconds to the first token of a model server, 95th percentile. Left out: nobody is told."),
  canaryErrorFactor: z
    .number()
    .min(1)
    .optional()
    .describe("Errors of a canary against the stable version. Left out: 2."),
  canaryLatencyFactor: z
    .number()
    .min(1)
    .optional()
    .describe("95th percentile of a canary's latency against the stable version. Left out: 1.5."),
});

export const alertingSchema = z
  .strictObject({
    receivers: z
      .record(
        kebabName(),
        receiverSchema.describe(
          "Where notifications go, one of slack, pagerduty, email, webhook; its key is its name.",
        ),
      )
      .default({})
      .describe(
        "Receivers by name. Their secrets stand in AWS Secrets Manager under <project>/<stage>/observability/alerting, one JSON key for each receiver.",
      ),
    severities: z
      .strictObject({
        critical: receiverNames("critical, which wakes somebody").default([]),
        warning: receiverNames("warning, which waits for the working day").default([]),
        info: receiverNames("info").default([]),
      })
      .prefault({})
      .describe("Who is told of what no team is told of instead."),
    teams: z
      .record(
        kebabName(),
        z
          .strictObject({
            critical: receiverNames("critical, at least one").optional(),
            warning: receiverNames("warning").optional(),
            info: receiverNames("info").optional(),
          })
          .describe("Receivers of a team, by severity. Left out: those of everybody. Its key is the name of the team."),
      )
      .default({})
      .describe("Who is told of alerts in the namespaces of a team instead."),
    deadMansSwitch: kebabName()
      .default("nobody")
      .describe(
        'Receiver that is told every five minutes that alerts work, and raises the alarm when it hears nothing; or "nobody".',
      ),
    quietHours: z
      .strictObject({
        timeZone: z
          .string()
          .describe("IANA time zone.")
          .meta({ examples: ["Europe/Berlin"] }),
        start: clockTime().describe("When the quiet begins."),
        stop: clockTime().describe("When it ends."),
        weekends: z.boolean().default(true).describe("Whether Saturday and Sunday are quiet all day."),
      })
      .optional()
      .describe("Hours in which nobody is told of warning and info. Left out: none."),
    runbooks: httpsUrl()
      .optional()
      .describe("Where the runbooks of docs/runbooks are published. Left out: alerts name the file of the repository."),
    thresholds: thresholdsSchema.prefault({}).describe("Numbers at which alerts fire."),
  })
  .prefault({})
  .describe("Who is told of what.");

export { receiverSchema };
