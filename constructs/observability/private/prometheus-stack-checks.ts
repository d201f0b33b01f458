import type { PropChecks } from "../../core/prop-checks";
import { Quantity } from "../../core/quantity";
import type { PrometheusStackProps } from "../prometheus-stack-options";
import { HTTPS_ADDRESS } from "./https-address";
import { prometheusReplicas } from "./prometheus-values";
import { checkStoredSecret } from "./stored-secret-checks";

const OBJECT_NAME = /^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/;
const REGION = /^[a-z]{2}(-[a-z]+)+-\d$/;

/** Records what is wrong with a stack, but for its routing. */
export function checkStack(checks: PropChecks, props: PrometheusStackProps): void {
  const { namespace, agentsNamespace, links } = props;
  const apart = "must be another namespace than `namespace`, whose pods see nothing of their node";
  const agents = agentsNamespace.namespaceName;
  checks.require(agents !== namespace.namespaceName, "agentsNamespace", apart, agents);
  checkSizes(checks, props);
  checkRemoteWrite(checks, props);
  for (const [key, url] of Object.entries(links ?? {})) {
    checks.require(HTTPS_ADDRESS.test(String(url)), `links.${key}`, "must be an address https://…", url);
  }
}

function checkSizes(checks: PropChecks, props: PrometheusStackProps): void {
  const { pool, resources, storageClassName, secretStore } = props;
  const ranges = [
    ["retentionDays", 1, 400],
    ["scrapeIntervalSeconds", 10, 120],
    ["activeSeries", 10_000, 20_000_000],
    ["storageGiB", 10, 16_000],
    ["replicas", 1, 3],
  ] as const;
  for (const [prop, least, most] of ranges) {
    const value = props[prop];
    if (value === undefined) continue;
    const rule = `must be a whole number, ${least} to ${most}`;
    checks.require(Number.isInteger(value) && value >= least && value <= most, prop, rule, value);
  }
  const replicas = prometheusReplicas(props);
  const room = `must leave each of the ${replicas} replicas a node of its own: \`maxSize\` of pool ${pool?.poolName}`;
  checks.require(pool === undefined || pool.maxSize >= replicas, "pool", room, pool?.maxSize);
  for (const [key, text] of Object.entries(resources ?? {})) {
    checks.require(Quantity.tryOf(text)?.isZero === false, `resources.${key}`, `${Quantity.RULE}, above 0`, text);
  }
  for (const [prop, name] of Object.entries({ storageClassName, secretStore })) {
    const rule = "must be the name of an object: lower-case letters, digits, hyphens and dots";
    checks.require(name === undefined || OBJECT_NAME.test(name), prop, rule, name);
  }
}

function checkRemoteWrite(checks: PropChecks, { remoteWrite, cluster }: PrometheusStackProps): void {
  if (remoteWrite === undefined) return;
  const { url, authentication } = remoteWrite;
  const rule = "must be an address https://…: samples leave the cluster";
  checks.require(HTTPS_ADDRESS.test(url), "remoteWrite.url", rule, url);
  const at = "remoteWrite.authentication";
  if (authentication.kind === "sigv4") {
    const region = "must be an AWS region such as eu-central-1";
    checks.require(REGION.test(authentication.region), `${at}.region`, region, authentication.region);
    const workspace =
      "must name the workspace, `…/workspaces/<id>/api/v1/remote_write`: the role may write to it alone";
    checks.require(!HTTPS_ADDRESS.test(url) || WORKSPACE.test(url), "remoteWrite.url", workspace, url);
  } else {
    checkStoredSecret(checks, authentication.token, `${at}.token`, cluster.identity);
  }
}
const WORKSPACE = /\/workspaces\/[\w-]+\/api\/v1\/remote_write$/;
