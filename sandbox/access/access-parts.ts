import type { EksSnapshot } from "../eks/snapshot";

/** What the presigned request in a token says of its maker. */
export interface PresignedRequest {
  /** Access key that signed it. */
  readonly accessKey: string;
  /** Region of the signature. */
  readonly region: string;
  /** Path and query, as signed. */
  readonly url: string;
}

/** Who owns an access key. */
export interface CallerIdentity {
  /** As STS `GetCallerIdentity` gives it: ARN of a user or of the session of a role. */
  readonly arn: string;
  /** Twelve digits. */
  readonly account: string;
  /** What its requests are signed with. */
  readonly secretKey: string;
  /**
   * What its requests carry in `X-Amz-Security-Token`.
   * @default - a key of a user, which has none
   */
  readonly sessionToken?: string;
}

/** What the access routes work with. */
export interface AccessParts {
  /** All clusters with their access entries, as they are now. */
  snapshot(): EksSnapshot;
  /** Whom the access key of a token belongs to; undefined when it is nobody's. */
  callerIdentity(request: PresignedRequest): Promise<CallerIdentity | undefined>;
  /**
   * Private DNS name of an EC2 instance, for the nodes' user names.
   * @default - nodes cannot authenticate by their instance
   */
  privateDnsName?(
    place: { readonly account: string; readonly region: string },
    id: string,
  ): Promise<string | undefined>;
  /**
   * Milliseconds since the epoch.
   * @default - the clock of this machine
   */
  now?(): number;
}

/** A cluster, as the path of a webhook names it. */
export interface ClusterPlace {
  readonly account: string;
  readonly region: string;
  readonly name: string;
}
