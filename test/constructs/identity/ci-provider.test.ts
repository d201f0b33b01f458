import { Lazy } from "cdktf";
import { CiProvider, type CiProviderAttributes, type CiProviderProps } from "../../../constructs/identity/ci-provider";
import { failure, IDENTITY } from "../../support/fixtures";
import { synthesize, testStack } from "../../support/synth";

const MINIMAL: CiProviderProps = { identity: IDENTITY, system: "github" };
const providerWith = (props: Partial<CiProviderProps> = {}) =>
  synthesize((stack) => {
    new CiProvider(stack, "Provider", { ...MINIMAL, ...props });
  }).resource("aws_iam_openid_connect_provider");
const refused = (props: Partial<CiProviderProps>) =>
  failure(() => new CiProvider(testStack(), "Provider", { ...MINIMAL, ...props }));

describe("CiProvider", () => {
  test("trusts the tokens that GitHub makes for AWS", () => {
    expect(providerWith()).toEqual({
      url: "https://token.actions.githubusercontent.com",
      client_id_list: ["sts.amazonaws.com"],
      tags: { Name: "github-pipelines" },
    });
  });

  test("trusts the tokens that GitLab makes for itself, as its guide has it", () => {
    expect(providerWith({ system: "gitlab" })).toMatchObject({
      url: "https://gitlab.com",
      client_id_list: ["https://gitlab.com"],
    });
  });

  test("takes a server of one's own, and another audience", () => {
    const issuerUrl = "https://git.example.com/_services/token";

    expect(providerWith({ issuerUrl, audience: "aws-example" })).toMatchObject({
      url: issuerUrl,
      client_id_list: ["aws-example"],
    });
  });

  test("knows what roles are bound to", () => {
    const stack = testStack();

    expect(
      new CiProvider(stack, "A", { ...MINIMAL, issuerUrl: "https://git.example.com/_services/token" }),
    ).toMatchObject({
      system: "github",
      issuer: "git.example.com/_services/token",
      audience: "sts.amazonaws.com",
    });
  });

  test("keeps its address", () => {
    const out = synthesize((stack) => {
      new CiProvider(stack, "Provider", MINIMAL);
    });

    expect(out.addresses("aws_iam_openid_connect_provider")).toEqual({
      "Provider/Resource": "aws_iam_openid_connect_provider.Provider_2281708E",
    });
  });
});

describe("CiProvider refuses", () => {
  const address = "must be an https address without port, query or slash at the end, of at most 255 characters";

  test.each([
    "http://gitlab.com",
    "gitlab.com",
    "https://gitlab.com/",
    "https://gitlab.com:8443",
    "https://*.example.com",
    "https://gitlab.com?a",
  ])("the address %p", (issuerUrl) => {
    expect(refused({ issuerUrl, audience: "a" })).toEqual({
      code: "INVALID_CI_PROVIDER_PROPS",
      message: `\`issuerUrl\` ${address}, got "${issuerUrl}"\n  in test/Provider`,
    });
  });

  test("an address of 256 characters, and takes 255", () => {
    const url = (length: number) => `https://git.example.com/${"a".repeat(length - "https://git.example.com/".length)}`;

    expect(providerWith({ issuerUrl: url(255) })).toMatchObject({ url: url(255) });
    expect(refused({ issuerUrl: url(256) }).message).toContain(`\`issuerUrl\` ${address}`);
  });

  test.each(["", "*", "a b", "a".repeat(256)])("the audience %p", (audience) => {
    expect(refused({ audience }).message).toContain(
      "`audience` must be 1 to 255 letters, digits and . _ : / @ -, without wildcards",
    );
  });
});

describe("CiProvider.fromCiProviderAttributes", () => {
  const imported = (attributes: CiProviderAttributes) =>
    CiProvider.fromCiProviderAttributes(testStack(), "Provider", attributes);
  const arn = (issuer: string) => `arn:aws:iam::111111111111:oidc-provider/${issuer}`;

  test("reads the issuer from the ARN", () => {
    const providerArn = arn("token.actions.githubusercontent.com");

    expect(imported({ system: "github", providerArn })).toMatchObject({
      system: "github",
      providerArn,
      issuer: "token.actions.githubusercontent.com",
      audience: "sts.amazonaws.com",
    });
    expect(imported({ system: "gitlab", providerArn: arn("gitlab.com") })).toMatchObject({
      audience: "https://gitlab.com",
    });
    expect(imported({ system: "gitlab", providerArn: arn("gitlab.com"), audience: "aws" })).toMatchObject({
      audience: "aws",
    });
  });

  test("defines no resource", () => {
    const out = synthesize((stack) => {
      CiProvider.fromCiProviderAttributes(stack, "Provider", { system: "gitlab", providerArn: arn("gitlab.com") });
    });

    expect(out.counts()).toEqual({});
  });

  test.each(["gitlab.com", "arn:aws:iam::111111111111:role/gitlab.com", arn("*")])("refuses %p", (providerArn) => {
    expect(failure(() => imported({ system: "gitlab", providerArn, audience: "a" }))).toEqual({
      code: "INVALID_CI_PROVIDER_ATTRIBUTES",
      message: `\`providerArn\` must be the text of an ARN arn:<partition>:iam::<account>:oidc-provider/<issuer>, got "${providerArn}"\n  in test/Provider`,
    });
  });

  test("refuses a reference, whose issuer is not known yet", () => {
    const providerArn = Lazy.stringValue({ produce: () => "later" });

    expect(failure(() => imported({ system: "gitlab", providerArn, audience: "a" })).message).toContain(
      'got "a value known only after apply"',
    );
  });
});
