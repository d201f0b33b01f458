/** How an API server is reached, and as whom. */
export interface ApiConnection {
  /** `https://127.0.0.1:<port>`. */
  readonly server: string;
  /** Certificate of the server's authority, PEM. */
  readonly certificateAuthority: string;
  /** A client certificate with its key, PEM, or a bearer token. */
  readonly identity: { readonly certificate: string; readonly key: string } | { readonly token: string };
}
