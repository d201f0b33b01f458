import { Token } from "cdktf";
import { Cidr } from "../../core/cidr";
import type { EnvironmentIdentity } from "../../core/naming";
import type { PropChecks } from "../../core/prop-checks";
import type {
  GrafanaDatabase,
  GrafanaDataSources,
  GrafanaIngress,
  GrafanaRoles,
  GrafanaSignIn,
} from "../grafana-options";

const CLUSTER_URL = /^https?:\/\/[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:\d{1,5})?(\/[\w./-]*)?$/;
const CLUSTER_URL_RULE = "must be an address within the cluster, such as http://kps-prometheus.monitoring.svc:9090";
const HTTPS_URL = /^https:\/\/[A-Za-z0-9.-]+(:\d{1,5})?(\/[^\s"#$%;`{}\\]*)?$/;
const HTTPS_URL_RULE = 'must be an address that starts with https://, without spaces and any of " # $ % ; ` { } \\';
const HOST = /^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/;
const HOST_RULE = "must be a host name in lower case, such as grafana.example.com";
const CERTIFICATE = /^arn:aws[a-z-]*:acm:[a-z0-9-]+:\d{12}:certificate\/[\w-]+$/;
const SECRET = /^[A-Za-z0-9/_+=.@:!-]{1,2048}$/;
const SECRET_RULE = "must be the name or the ARN of a secret of AWS Secrets Manager";
const SUBDOMAIN = /^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/;
/** What an ini file, Grafana's own variables and Helm's templates would read as something else. */
const PLAIN_LINE = /^[^\r\n#;`$%{}\\]+$/;
const PLAIN_LINE_RULE = "must be one line without # ; ` $ % { } and \\";
const GROUP = /^[^\r\n#;`$%{}\\'"]+$/;
const CLAIM = /^[\w:-]+(\.[\w:-]+)*$/;
const SCOPE = /^[\w:./-]+$/;
const DATABASE_NAME = /^[a-z_][a-z0-9_]{0,62}$/;
const PEM = /^\s*(-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\s]+-----END CERTIFICATE-----\s*)+$/;

/** Adds the rules for where secrets stand: the role of External Secrets reads those of the environment. */
export function checkSecret(
  checks: PropChecks,
  { secret, secretStore }: { readonly secret: string; readonly secretStore?: string },
  { project, stage }: EnvironmentIdentity,
): void {
  const start = `${project}/${stage}/`;
  const named = SECRET.test(secret) && secret.startsWith(start) && secret.length > start.length;
  checks.require(named, "secret", `must be the name of a secret of AWS Secrets Manager under ${start}`, secret);
  const rule = "must be the name of a store: lower-case letters, digits, hyphens and dots";
  checks.require(secretStore === undefined || SUBDOMAIN.test(secretStore), "secretStore", rule, secretStore);
}

/** Adds the rules for where Grafana asks. */
export function checkDataSources(checks: PropChecks, sources: GrafanaDataSources): void {
  const { scrapeIntervalSeconds: seconds = 30, ...urls } = sources;
  for (const [prop, url] of Object.entries(urls)) {
    checks.require(url === undefined || CLUSTER_URL.test(url), `dataSources.${prop}`, CLUSTER_URL_RULE, url);
  }
  const rule = "must be a whole number of seconds from 5 to 300";
  const sensible = Number.isInteger(seconds) && seconds >= 5 && seconds <= 300;
  checks.require(sensible, "dataSources.scrapeIntervalSeconds", rule, seconds);
}

/** Adds the rules for single sign-on. */
export function checkSignIn(checks: PropChecks, signIn: GrafanaSignIn): void {
  const { providerName, clientId, authorizeUrl, tokenUrl, userInfoUrl, signOutUrl } = signIn;
  const { scopes, allowedDomains = [] } = signIn;
  const plain = { providerName, clientId };
  for (const [prop, text] of Object.entries(plain)) {
    checks.require(text === undefined || PLAIN_LINE.test(text), `signIn.${prop}`, PLAIN_LINE_RULE, text);
  }
  for (const [prop, url] of Object.entries({ authorizeUrl, tokenUrl, userInfoUrl, signOutUrl })) {
    checks.require(url === undefined || HTTPS_URL.test(url), `signIn.${prop}`, HTTPS_URL_RULE, url);
  }
  checks.require(scopes?.length !== 0, "signIn.scopes", "must name at least one scope", scopes);
  (scopes ?? []).forEach((scope, index) => {
    checks.require(SCOPE.test(scope), `signIn.scopes[${index}]`, "must be a scope without spaces", scope);
  });
  allowedDomains.forEach((domain, index) => {
    checks.require(HOST.test(domain), `signIn.allowedDomains[${index}]`, HOST_RULE, domain);
  });
  checkRoles(checks, signIn.roles);
}

function checkRoles(checks: PropChecks, roles: GrafanaRoles): void {
  const { groupsClaim, expression, adminGroups, editorGroups, viewerGroups } = roles;
  const claimRule = "must be the name of a claim, nested ones joined by dots";
  checks.require(
    groupsClaim === undefined || CLAIM.test(groupsClaim),
    "signIn.roles.groupsClaim",
    claimRule,
    groupsClaim,
  );
  for (const [prop, groups] of Object.entries({ adminGroups, editorGroups, viewerGroups })) {
    const place = `signIn.roles.${prop}`;
    checks.require(groups?.length !== 0, place, "must name at least one group; leave it out otherwise", groups);
    (groups ?? []).forEach((group, index) => {
      const rule = "must be one line without quotes, # ; ` $ % { } and \\";
      checks.require(GROUP.test(group), `${place}[${index}]`, rule, group);
    });
    const either = "must be left out with `expression`, which takes their place";
    checks.require(expression === undefined || groups === undefined, place, either, groups);
  }
  const asked = expression === undefined || PLAIN_LINE.test(expression);
  checks.require(asked, "signIn.roles.expression", PLAIN_LINE_RULE, expression);
}

/** Adds the rules for the way in from outside. */
export function checkIngress(checks: PropChecks, ingress: GrafanaIngress): void {
  const { host, certificateArn, scheme = "internal", allowedCidrs } = ingress;
  checks.require(HOST.test(host) && host.length <= 253, "ingress.host", HOST_RULE, host);
  const certificate = "must be the ARN of a certificate of AWS Certificate Manager";
  checks.require(CERTIFICATE.test(certificateArn), "ingress.certificateArn", certificate, certificateArn);
  const known = scheme === "internal" || scheme === "internet-facing";
  checks.require(known, "ingress.scheme", 'must be "internal" or "internet-facing"', scheme);
  const open = "must be given when the load balancer is internet-facing: who may connect";
  checks.require(scheme === "internal" || allowedCidrs !== undefined, "ingress.allowedCidrs", open, allowedCidrs);
  checks.require(allowedCidrs?.length !== 0, "ingress.allowedCidrs", "must name at least one range", allowedCidrs);
  (allowedCidrs ?? []).forEach((cidr, index) => {
    const problem = Token.isUnresolved(cidr) ? undefined : Cidr.problemOf(cidr);
    checks.require(problem === undefined, `ingress.allowedCidrs[${index}]`, problem ?? "", cidr);
  });
}

/** Adds the rules for a database outside the pod. */
export function checkDatabase(checks: PropChecks, database: GrafanaDatabase): void {
  const { host, port = 5432, name, secret, certificateAuthorities } = database;
  checks.require(HOST.test(host), "database.host", "must be a host name in lower case", host);
  const inRange = Number.isInteger(port) && port >= 1 && port <= 65535;
  checks.require(inRange, "database.port", "must be a TCP port, 1 to 65535", port);
  const nameRule = "must be 1 to 63 lower-case letters, digits and underscores, not starting with a digit";
  checks.require(DATABASE_NAME.test(name), "database.name", nameRule, name);
  checks.require(SECRET.test(secret), "database.secret", SECRET_RULE, secret);
  const pem = "must be certificates in PEM";
  const inPem = certificateAuthorities === undefined || PEM.test(certificateAuthorities);
  const got = certificateAuthorities && `text of ${certificateAuthorities.length} characters`;
  checks.require(inPem, "database.certificateAuthorities", pem, got);
}
