import type { GrafanaDatabase, GrafanaRoles, GrafanaSignIn } from "../grafana-options";

/** What the settings of Grafana are made from. */
export interface GrafanaIniInput {
  /** Host under which people reach it; undefined: through a port of their own machine. */
  readonly host: string | undefined;
  readonly signIn: GrafanaSignIn | undefined;
  readonly database: GrafanaDatabase | undefined;
}

type Section = Readonly<Record<string, string | number | boolean>>;

/** File of the certificates that a database's is checked with. */
export const DATABASE_CA_FILE = "/etc/grafana/database/ca.pem";

/** Settings of Grafana by section: `grafana.ini`. Secrets come by environment variables. */
export function grafanaIni({ host, signIn, database }: GrafanaIniInput): Record<string, Section> {
  return {
    paths: {
      data: "/var/lib/grafana/",
      logs: "/var/log/grafana",
      plugins: "/var/lib/grafana/plugins",
      provisioning: "/etc/grafana/provisioning",
    },
    server: serverSection(host),
    security: securitySection(host),
    users: {
      allow_sign_up: false,
      allow_org_create: false,
      auto_assign_org_role: "Viewer",
      viewers_can_edit: false,
      default_theme: "system",
    },
    auth: { disable_login_form: false },
    "auth.anonymous": { enabled: false },
    // Silences and states of alerts are shown, but only Prometheus evaluates rules and only Alertmanager tells people.
    unified_alerting: { enabled: true, execute_alerts: false },
    ...QUIET,
    ...(signIn && { "auth.generic_oauth": signInSection(signIn) }),
    ...(database && { database: databaseSection(database) }),
  };
}

/** Nothing leaves the cluster, and what runs is what is in the image. */
const QUIET: Readonly<Record<string, Section>> = {
  analytics: {
    reporting_enabled: false,
    check_for_updates: false,
    check_for_plugin_updates: false,
    feedback_links_enabled: false,
  },
  news: { news_feed_enabled: false },
  snapshots: { enabled: false, external_enabled: false },
  /**
   * Data sources are plugins that the image brings along. Left alone, Grafana replaces them at each start by what its site has,
   * and loses those that it cannot write: the file system is read-only.
   *
   * @see https://github.com/grafana/grafana/issues/132528
   */
  plugins: {
    preinstall_disabled: true,
    preinstall_auto_update: false,
    plugin_admin_enabled: false,
    public_key_retrieval_disabled: true,
  },
  unified_storage: { index_path: "/var/lib/grafana-search/bleve" },
  log: { mode: "console", level: "info" },
  "log.console": { format: "json" },
};

function serverSection(host: string | undefined): Section {
  if (host === undefined) return { domain: "localhost", root_url: "http://localhost:3000/" };
  return { domain: host, root_url: `https://${host}/` };
}

/** Without a host people come over a forwarded port, which has no TLS: a cookie for TLS alone would keep them out. */
function securitySection(host: string | undefined): Section {
  const overTls = host !== undefined;
  return {
    cookie_secure: overTls,
    cookie_samesite: "lax",
    strict_transport_security: overTls,
    // As text: Helm writes large numbers with an exponent, which Grafana does not take.
    strict_transport_security_max_age_seconds: "31536000",
    disable_gravatar: true,
    allow_embedding: false,
    x_content_type_options: true,
  };
}

function signInSection(signIn: GrafanaSignIn): Section {
  const { scopes = ["openid", "profile", "email"], allowedDomains = [], signOutUrl, roles } = signIn;
  return {
    enabled: true,
    name: signIn.providerName ?? "single sign-on",
    // The login page stays, at /login?disableAutoLogin=true, for the day the provider is down.
    auto_login: true,
    allow_sign_up: true,
    allow_assign_grafana_admin: false,
    use_pkce: true,
    use_refresh_token: scopes.includes("offline_access"),
    client_id: signIn.clientId,
    scopes: scopes.join(" "),
    auth_url: signIn.authorizeUrl,
    token_url: signIn.tokenUrl,
    api_url: signIn.userInfoUrl,
    role_attribute_path: roleExpression(roles),
    role_attribute_strict: true,
    ...(signOutUrl !== undefined && { signout_redirect_url: signOutUrl }),
    ...(allowedDomains.length > 0 && { allowed_domains: allowedDomains.join(" ") }),
  };
}

/** JMESPath over the claims of a person; of several roles the mightiest. A claim that is missing has no groups. */
export function roleExpression(roles: GrafanaRoles): string {
  const { groupsClaim = "groups", adminGroups = [], editorGroups = [], viewerGroups, expression } = roles;
  if (expression !== undefined) return expression;
  const claim = groupsClaim.split(".").map(quoted).join(".");
  const member = (groups: readonly string[], role: string): string[] => {
    const equal = groups.map((group) => `@ == '${group}'`).join(" || ");
    return groups.length === 0 ? [] : [`(${claim}[?${equal}] && '${role}')`];
  };
  return [
    ...member(adminGroups, "Admin"),
    ...member(editorGroups, "Editor"),
    ...(viewerGroups === undefined ? ["'Viewer'"] : member(viewerGroups, "Viewer")),
  ].join(" || ");
}

function quoted(name: string): string {
  return /^[A-Za-z_]\w*$/.test(name) ? name : `"${name}"`;
}

function databaseSection({ host, port = 5432, name, certificateAuthorities }: GrafanaDatabase): Section {
  const verified = { ssl_mode: "verify-full", ca_cert_path: DATABASE_CA_FILE };
  return {
    type: "postgres",
    host: `${host}:${port}`,
    name,
    ...(certificateAuthorities === undefined ? { ssl_mode: "require" } : verified),
    // Below the 4 hours of Grafana, so that connections find a new primary soon after a failover.
    conn_max_lifetime: 300,
  };
}
