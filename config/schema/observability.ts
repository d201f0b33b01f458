import { z } from "zod";
import { alertingSchema } from "./alerting";
import { modelServicesSchema } from "./model-services";
import { monitoredModelsSchema } from "./monitored-models";
import { count, kebabName } from "./primitives";

const days = () => z.int().positive();

const hostName = () =>
  z.string().regex(/^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$/, "must be a host name in lower case");

const triggerSchema = z.strictObject({
  url: z
    .string()
    .regex(/^https?:\/\/[\w.-]+(:\d+)?(\/\S*)?$/, "must be an address that starts with http:// or https://")
    .describe("Address in the cluster that takes Alertmanager's webhook and starts the run.")
    .meta({ examples: ["http://retraining-eventsource-svc.training.svc.cluster.local:12000/ranker"] }),
});

const grafanaSchema = z
  .strictObject({
    host: hostName()
      .optional()
      .describe(
        "Host under which people reach Grafana, through an internal load balancer. Left out: inside the cluster only.",
      ),
    certificateArn: z
      .string()
      .regex(/^arn:aws[a-z-]*:acm:[a-z0-9-]+:\d{12}:certificate\/[\w-]+$/, "must be the ARN of an ACM certificate")
      .optional()
      .describe("Certificate of the host. Left out: none, which only an environment without a host may do."),
    signIn: z
      .strictObject({
        authorizeUrl: z.string().startsWith("https://").describe("Where people sign in."),
        tokenUrl: z.string().startsWith("https://").describe("Where Grafana gets tokens."),
        userInfoUrl: z.string().startsWith("https://").describe("Where Grafana asks who somebody is."),
        clientId: z.string().min(1).describe("Grafana's id there; the secret holds `oauth-client-secret`."),
        groupsClaim: z.string().min(1).default("groups").describe("Claim that holds the groups of a person."),
        scopes: z
          .array(z.string().min(1))
          .min(1, "must name at least one scope")
          .default(["openid", "profile", "email"])
          .describe("What Grafana asks to know."),
        viewerGroup: z
          .string()
          .min(1)
          .optional()
          .describe("Group whose members may look. Left out: everybody whom the provider lets in."),
        adminGroup: z.string().min(1).describe("Group whose members administer Grafana."),
        editorGroup: z.string().min(1).optional().describe("Group whose members may edit. Left out: nobody may."),
      })
      .optional()
      .describe("Single sign-on through OpenID Connect. Left out: the administrator of the secret alone."),
  })
  .prefault({})
  .describe("Grafana. Its secrets stand under <project>/<stage>/observability/grafana.");

export const observabilitySchema = z
  .strictObject({
    enabled: z.boolean().default(true).describe("Whether the environment has this layer."),
    metrics: z
      .strictObject({
        retentionDays: days().describe("Days that Prometheus keeps series."),
        storageGiB: count().min(10).describe("Volume of each Prometheus."),
        replicas: z.int().min(1).max(3).describe("Prometheus servers, each with all series."),
        activeSeries: z
          .int()
          .min(10_000)
          .max(20_000_000)
          .describe("Series that there are at a time; memory of Prometheus follows from it."),
        remoteWrite: z
          .strictObject({
            url: z
              .string()
              .regex(
                /^https:\/\/aps-workspaces\.[a-z0-9-]+\.amazonaws\.com(\.cn)?\/workspaces\/[\w-]+\/api\/v1\/remote_write$/,
                "must be the remote write address of a workspace",
              )
              .describe("Remote write address of a workspace in the account and region of the environment.")
              .meta({
                examples: ["https://aps-workspaces.us-east-1.amazonaws.com/workspaces/ws-0f3c2a91/api/v1/remote_write"],
              }),
          })
          .optional()
          .describe("Amazon Managed Prometheus, signed with the role of Prometheus. Left out: nothing is sent."),
      })
      .describe("Prometheus."),
    alerts: alertingSchema,
    grafana: grafanaSchema,
    logs: z
      .strictObject({
        backend: z.enum(["loki", "cloudwatch", "none"]).default("loki").describe("Where logs of pods go."),
        retentionDays: days().describe("Days that logs of pods are kept."),
      })
      .describe("Logs of pods."),
    tracing: z
      .strictObject({
        enabled: z.boolean().default(false).describe("Whether there is Tempo, which takes traces by OTLP."),
        retentionDays: days().default(7).describe("Days that traces are kept."),
      })
      .prefault({})
      .describe("Traces of requests."),
    cost: z
      .strictObject({
        enabled: z.boolean().default(true).describe("Whether there is OpenCost."),
        nodePrices: z
          .record(z.string(), z.number().positive().describe("US dollars an hour."))
          .default({})
          .describe("Prices by instance type, where those of the catalogue are not what you pay."),
        priceFactor: z
          .number()
          .gt(0)
          .max(10)
          .default(1)
          .describe("What the catalogue's prices (us-east-1, on demand) are multiplied with."),
      })
      .prefault({})
      .describe("What nodes, namespaces and idle GPUs cost."),
    databases: z.boolean().default(true).describe("Metrics of PostgreSQL and Redis from CloudWatch."),
    databaseMaxConnections: z
      .int()
      .positive()
      .optional()
      .describe(
        "Connections that PostgreSQL takes, which CloudWatch does not know. Left out: nobody is told when they run out.",
      ),
    services: modelServicesSchema,
    retraining: z
      .record(kebabName(), triggerSchema.describe("What starts a training run; its key is its name."))
      .default({})
      .describe("Triggers that monitored models may name."),
    models: monitoredModelsSchema,
  })
  .describe("Observability layer: metrics, alerts, dashboards, logs, cost, drift.");
