import type { Construct } from "constructs";
import type { EnvironmentConfig } from "../../config";
import {
  Grafana,
  type GrafanaDataSources,
  type GrafanaIngress,
  type GrafanaProps,
  type GrafanaSignIn,
} from "../../constructs";
import { GRAFANA_SECRET } from "../data/secrets";

/** What the caller has settled for Grafana. */
type Placed = Pick<GrafanaProps, "cluster" | "namespace" | "pool" | "source" | "monitoring" | "dependsOn">;

/** Defines Grafana with its way in and its sign-on, as the environment says. Without a database it runs once. */
export function defineGrafana(
  scope: Construct,
  { project, stage, observability: { grafana } }: EnvironmentConfig,
  placed: Placed,
  dataSources: GrafanaDataSources,
): Grafana {
  return new Grafana(scope, "Grafana", {
    ...placed,
    highAvailability: undefined,
    dataSources,
    secret: `${project}/${stage}/${GRAFANA_SECRET}`,
    signIn: signInOf(grafana),
    ingress: ingressOf(grafana),
  });
}

function signInOf({ signIn }: EnvironmentConfig["observability"]["grafana"]): GrafanaSignIn | undefined {
  if (signIn === undefined) return undefined;
  const { adminGroup, editorGroup, viewerGroup, groupsClaim, ...provider } = signIn;
  const editorGroups = editorGroup === undefined ? undefined : [editorGroup];
  const viewerGroups = viewerGroup === undefined ? undefined : [viewerGroup];
  return { ...provider, roles: { groupsClaim, adminGroups: [adminGroup], editorGroups, viewerGroups } };
}

function ingressOf({
  host,
  certificateArn,
}: EnvironmentConfig["observability"]["grafana"]): GrafanaIngress | undefined {
  return host === undefined || certificateArn === undefined ? undefined : { host, certificateArn };
}
