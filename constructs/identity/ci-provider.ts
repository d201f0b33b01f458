import { IamOpenidConnectProvider } from "@cdktf/provider-aws/lib/iam-openid-connect-provider";
import { Token } from "cdktf";
import { Construct } from "constructs";
import { CI_ISSUERS, CI_NAMES } from "../../catalog";
import { checkIdentity } from "../core/identity-checks";
import type { EnvironmentIdentity } from "../core/naming";
import { PropChecks } from "../core/prop-checks";

/** A system that runs pipelines and signs a token for each job. */
export type CiSystem = "github" | "gitlab";

/** An issuer of tokens that an account trusts: what roles for pipelines are bound to. */
export interface ICiProvider {
  /** Which system it is: its tokens name repositories in a way of their own. */
  readonly system: CiSystem;
  /** ARN of the provider in IAM. */
  readonly providerArn: string;
  /** The issuer without `https://`, such as `token.actions.githubusercontent.com`: what its condition keys begin with. */
  readonly issuer: string;
  /** Audience that a token must be made for. */
  readonly audience: string;
}

/** What a `CiProvider` is made of. */
export interface CiProviderProps {
  /** The environment whose account trusts the issuer. */
  readonly identity: EnvironmentIdentity;
  /** Which system it is. */
  readonly system: CiSystem;
  /**
   * Address of the issuer: of a server of one's own, it is that server's.
   *
   * @see https://docs.github.com/en/actions/reference/security/oidc
   * @see https://docs.gitlab.com/ci/cloud_services/aws/
   * @default - `https://token.actions.githubusercontent.com`, or `https://gitlab.com`
   */
  readonly issuerUrl?: string;
  /**
   * Audience that a token must be made for.
   *
   * @default - `sts.amazonaws.com` for GitHub, as its official action asks for; the address of the issuer for GitLab
   */
  readonly audience?: string;
}

/** A provider that the account has already. */
export interface CiProviderAttributes {
  /** Which system it is. */
  readonly system: CiSystem;
  /** ARN of the provider: `arn:<partition>:iam::<account>:oidc-provider/<issuer>`, as text. */
  readonly providerArn: string;
  /**
   * Audience that a token must be made for; the provider must list it.
   *
   * @default - `sts.amazonaws.com` for GitHub, the address of the issuer for GitLab
   */
  readonly audience?: string;
}

/**
 * Trust of an account in the tokens of GitHub Actions or GitLab CI, so that pipelines need no stored keys. An account can have
 * one provider for each issuer: where there is one already, import it.
 *
 * @example
 * const github = new CiProvider(this, "GitHub", { identity, system: "github" });
 */
export class CiProvider extends Construct implements ICiProvider {
  /**
   * A provider that the account has already.
   *
   * @throws ValidationError `INVALID_CI_PROVIDER_ATTRIBUTES` when the ARN is not that of a provider, or known only after apply
   */
  static fromCiProviderAttributes(scope: Construct, id: string, attributes: CiProviderAttributes): ICiProvider {
    return new ImportedCiProvider(scope, id, attributes);
  }

  readonly system: CiSystem;
  readonly providerArn: string;
  readonly issuer: string;
  readonly audience: string;

  /** @throws ValidationError `INVALID_CI_PROVIDER_PROPS` */
  constructor(scope: Construct, id: string, props: CiProviderProps) {
    super(scope, id);
    const { identity, system, issuerUrl = `${HTTPS}${CI_ISSUERS[system]}` } = props;
    const audience = props.audience ?? defaultAudience(system, issuerUrl);

    const checks = checkIdentity(new PropChecks(this, "INVALID_CI_PROVIDER_PROPS"), identity);
    const address = "must be an https address without port, query or slash at the end, of at most 255 characters";
    const host = issuerUrl.startsWith(HTTPS) ? issuerUrl.slice(HTTPS.length) : "";
    checks.require(CI_NAMES.issuer.test(host), "issuerUrl", address, issuerUrl);
    checkAudience(checks, audience).throwIfAny();

    const provider = new IamOpenidConnectProvider(this, "Resource", {
      url: issuerUrl,
      clientIdList: [audience],
      tags: { Name: `${system}-pipelines` },
    });

    this.system = system;
    this.providerArn = provider.arn;
    this.issuer = issuerUrl.slice(HTTPS.length);
    this.audience = audience;
  }
}

class ImportedCiProvider extends Construct implements ICiProvider {
  readonly system: CiSystem;
  readonly providerArn: string;
  readonly issuer: string;
  readonly audience: string;

  constructor(scope: Construct, id: string, { system, providerArn, audience }: CiProviderAttributes) {
    super(scope, id);
    const issuer = CI_NAMES.providerArn.exec(providerArn)?.[1] ?? "";
    this.system = system;
    this.providerArn = providerArn;
    this.issuer = issuer;
    this.audience = audience ?? defaultAudience(system, `${HTTPS}${issuer}`);

    const checks = new PropChecks(this, "INVALID_CI_PROVIDER_ATTRIBUTES");
    const rule = "must be the text of an ARN arn:<partition>:iam::<account>:oidc-provider/<issuer>";
    const got = Token.isUnresolved(providerArn) ? "a value known only after apply" : providerArn;
    checks.require(issuer !== "", "providerArn", rule, got);
    checkAudience(checks, this.audience).throwIfAny();
  }
}

const HTTPS = "https://";
const AUDIENCE = /^[\w.:/@-]{1,255}$/;

function defaultAudience(system: CiSystem, issuerUrl: string): string {
  return system === "github" ? "sts.amazonaws.com" : issuerUrl;
}

function checkAudience(checks: PropChecks, audience: string): PropChecks {
  const rule = "must be 1 to 255 letters, digits and . _ : / @ -, without wildcards";
  return checks.require(AUDIENCE.test(audience), "audience", rule, audience);
}
