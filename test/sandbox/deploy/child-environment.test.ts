import { childEnvironment, sandboxVariables } from "../../../sandbox/deploy/child-environment";

const OPTIONS = { endpoint: "http://127.0.0.1:4566", outputFolder: "/sandbox/cdktf.out", terraformBinary: "tofu" };

test("the variables turn every option of the stock cdktf to the sandbox", () => {
  expect(sandboxVariables({ ...OPTIONS, terraformCliConfig: "/sandbox/terraform.rc" })).toEqual({
    FLIGHTDECK_SANDBOX_ENDPOINT: "http://127.0.0.1:4566",
    CDKTF_OUTPUT: "/sandbox/cdktf.out",
    CDKTF_SKIP_PROVIDER_LOCK: "true",
    CHECKPOINT_DISABLE: "1",
    TERRAFORM_BINARY_NAME: "tofu",
    TF_CLI_CONFIG_FILE: "/sandbox/terraform.rc",
    TF_PLUGIN_CACHE_MAY_BREAK_DEPENDENCY_LOCK_FILE: "1",
    AWS_CONFIG_FILE: "/dev/null",
    AWS_SHARED_CREDENTIALS_FILE: "/dev/null",
    AWS_EC2_METADATA_DISABLED: "true",
  });
});

test("credentials, arguments and variables that would lead Terraform elsewhere do not reach it", () => {
  const own = {
    PATH: "/bin",
    AWS_PROFILE: "production",
    AWS_ACCESS_KEY_ID: "real",
    TF_CLI_ARGS_plan: "-destroy",
    TF_WORKSPACE: "other",
    CDKTF_OUTPUT: "elsewhere",
    UNSET: undefined,
  };
  const child = childEnvironment(own, OPTIONS);
  expect(child).toMatchObject({ PATH: "/bin", CDKTF_OUTPUT: "/sandbox/cdktf.out", CI: "1", TF_IN_AUTOMATION: "1" });
  for (const name of ["AWS_PROFILE", "AWS_ACCESS_KEY_ID", "TF_CLI_ARGS_plan", "TF_WORKSPACE", "UNSET"]) {
    expect(Object.keys(child)).not.toContain(name);
  }
});

test("a proxy is not asked for the sandbox", () => {
  expect(childEnvironment({ NO_PROXY: "intranet" }, OPTIONS).NO_PROXY).toBe("intranet,127.0.0.1,localhost");
});
