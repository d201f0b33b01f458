/** Where Grafana asks: addresses within the cluster, `http://<service>.<namespace>.svc:<port>`. */
export interface GrafanaDataSources {
  /** Prometheus, which all dashboards ask. */
  readonly prometheusUrl: string;
  /**
   * Seconds between two samples of a series: no panel asks for a finer step.
   *
   * @default 30
   */
  readonly scrapeIntervalSeconds?: number;
  /**
   * Alertmanager, whose alerts and silences are shown.
   *
   * @default - silences are not shown
   */
  readonly alertmanagerUrl?: string;
  /**
   * Loki, for logs.
   *
   * @default - no logs
   */
  readonly lokiUrl?: string;
  /**
   * Tempo, for traces: exemplars of Prometheus and trace ids in logs lead there.
   *
   * @default - no traces
   */
  readonly tempoUrl?: string;
}

/**
 * Single sign-on by OAuth 2.0 with PKCE: any provider of OpenID Connect (Okta, Entra ID, Keycloak, Cognito, IAM Identity Center
 * through one of them), and GitHub or Google by their addresses. Whom the provider lets in becomes a user with the first sign-in.
 *
 * @see https://grafana.com/docs/grafana/latest/setup-grafana/configure-access/configure-authentication/generic-oauth/
 */
export interface GrafanaSignIn {
  /**
   * Name of the provider as the button says it.
   *
   * @default "single sign-on"
   */
  readonly providerName?: string;
  /** Grafana's id there. The client's secret stands in the key `oauth-client-secret` of `secret`. */
  readonly clientId: string;
  /** Address where people sign in, `https://`. */
  readonly authorizeUrl: string;
  /** Address where Grafana gets tokens, `https://`. */
  readonly tokenUrl: string;
  /** Address where Grafana asks who somebody is, `https://`. */
  readonly userInfoUrl: string;
  /**
   * Address to which people are sent when they sign out, `https://`, so that the session of the provider ends too.
   *
   * @default - Grafana's session ends alone
   */
  readonly signOutUrl?: string;
  /**
   * What Grafana asks to know. With `offline_access` it renews tokens, so that who leaves the provider leaves Grafana too.
   *
   * @default ["openid", "profile", "email"]
   */
  readonly scopes?: readonly string[];
  /** Who may do what. */
  readonly roles: GrafanaRoles;
  /**
   * Domains of e-mail addresses that are let in.
   *
   * @default - all that the provider lets in
   */
  readonly allowedDomains?: readonly string[];
}

/** Who may do what: by the groups that the provider says, or by an expression of one's own. */
export interface GrafanaRoles {
  /**
   * Claim that holds the groups of a person, such as `cognito:groups`; a dot leads into a claim: `realm_access.roles`.
   *
   * @default "groups"
   */
  readonly groupsClaim?: string;
  /**
   * Groups whose members administer the organisation of Grafana.
   *
   * @default - nobody but the administrator of the secret
   */
  readonly adminGroups?: readonly string[];
  /**
   * Groups whose members edit dashboards of their own: those of the platform change with its code alone.
   *
   * @default - nobody
   */
  readonly editorGroups?: readonly string[];
  /**
   * Groups whose members may look. Who is in none of all groups is refused.
   *
   * @default - everybody whom the provider lets in
   */
  readonly viewerGroups?: readonly string[];
  /**
   * JMESPath expression over the claims that yields `Admin`, `Editor` or `Viewer`, in place of groups. Who gets none of them is
   * refused.
   *
   * @default - made of the groups
   */
  readonly expression?: string;
}

/** How people reach Grafana from outside the cluster: an application load balancer with TLS. */
export interface GrafanaIngress {
  /** Host name, in lower case: `grafana.example.com`. Its DNS record is somebody else's. */
  readonly host: string;
  /** ARN of the host's certificate in AWS Certificate Manager, in the region of the cluster. */
  readonly certificateArn: string;
  /**
   * Whether the load balancer has addresses of the network alone, or public ones.
   *
   * @default "internal"
   */
  readonly scheme?: "internal" | "internet-facing";
  /**
   * IPv4 ranges that the load balancer takes connections from. Must be given when it is internet-facing.
   *
   * @default - all that reach it
   */
  readonly allowedCidrs?: readonly string[];
}

/**
 * PostgreSQL, in place of a database inside the pod that is gone with it. What a person makes in Grafana stays (own dashboards,
 * stars, sessions), and two replicas share it.
 */
export interface GrafanaDatabase {
  /** Host name or reference to it. */
  readonly host: string;
  /**
   * TCP port.
   *
   * @default 5432
   */
  readonly port?: number;
  /** Name of the database, which must exist: up to 63 lower-case letters, digits and underscores. */
  readonly name: string;
  /**
   * Name or ARN of the secret in AWS Secrets Manager with the keys `username` and `password`, as RDS keeps it. The role of
   * External Secrets must be let read it (`secret.grantRead`).
   */
  readonly secret: string;
  /**
   * Certificates, in PEM, of the authorities that may have signed the server's: the bundle of RDS. With them the server must
   * prove its name (`verify-full`).
   *
   * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.SSL.html
   * @default - connections are encrypted, the server's name is not proved (`require`)
   */
  readonly certificateAuthorities?: string;
}
