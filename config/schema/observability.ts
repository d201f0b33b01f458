import { z } from "zod";
import { alertingSchema } from "./alerting";
import { modelServicesSchema } from "./model-services";
import { monitoredModelsSchema } from "./monitored-models";
import { count } from "./primitives";

const days = () => z.int().positive();

const hostName = () =>
  z.string().regex(/^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$/, "must be a host name in lower case");

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
        issuer: z
          .string()
          .regex(/^https:\/\/\S+[^/]$/, "must be an address that starts with https://, without a slash at its end")
          .describe("Issuer of the OpenID Connect provider.")
          .meta({ examples: ["https://login.example.com/realms/ml"] }),
        authorizeUrl: z.string().startsWith("https://").describe("Where people sign in."),
        tokenUrl: z.string().startsWith("https://").describe("Where Grafana gets tokens."),
        userInfoUrl: z.string().startsWith("https://").describe("Where Grafana asks who somebody is."),
        clientId: z.string().min(1).describe("Grafana's id there; the secret holds `oauth-client-secret`."),
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
        remoteWrite: z
          .strictObject({
            url: z.string().startsWith("https://").describe("Where samples are sent too."),
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
    cost: z.boolean().default(true).describe("OpenCost: what nodes, namespaces and idle GPUs cost."),
    databases: z.boolean().default(true).describe("Metrics of PostgreSQL and Redis from CloudWatch."),
    services: modelServicesSchema,
    models: monitoredModelsSchema,
  })
  .describe("Observability layer: metrics, alerts, dashboards, logs, cost, drift.");
