import { internalCall } from "../../../sandbox/gateway/aws-port";
import { applyOverlays } from "../../../sandbox/overlays/apply-overlays";
import { ecrCreationTemplates } from "../../../sandbox/overlays/ecr-creation-templates";

const GIVEN = { prefix: "quay", appliedFor: ["PULL_THROUGH_CACHE"], customRoleArn: "arn:role" };
const TEMPLATE = {
  ...GIVEN,
  imageTagMutability: "MUTABLE",
  encryptionConfiguration: { encryptionType: "AES256" },
  resourceTags: [],
};

function sandbox() {
  const overlays = [ecrCreationTemplates()];
  const moto = () => Promise.reject(new Error("moto was asked"));
  return async (action: string, input: object, region = "eu-west-1") => {
    const call = internalCall({
      ...{ account: "111111111111", principal: "p", region, service: "ecr", method: "POST", url: "/" },
      headers: ["x-amz-target", `AmazonEC2ContainerRegistry_V20150921.${action}`],
      body: JSON.stringify(input),
    });
    const { status, body } = await applyOverlays(overlays, call, { seq: 1, moto });
    return { status, ...(JSON.parse(body.toString()) as Record<string, unknown>) };
  };
}
const answered = (repositoryCreationTemplate: object) => ({
  status: 200,
  registryId: "111111111111",
  repositoryCreationTemplate,
});

test("a template is made, described, changed and deleted", async () => {
  const send = sandbox();
  const changed = { ...TEMPLATE, imageTagMutability: "IMMUTABLE" };

  expect(await send("CreateRepositoryCreationTemplate", GIVEN)).toEqual(answered(TEMPLATE));
  expect(await send("DescribeRepositoryCreationTemplates", { prefixes: ["quay"] })).toEqual({
    status: 200,
    registryId: "111111111111",
    repositoryCreationTemplates: [TEMPLATE],
  });
  const update = { prefix: "quay", imageTagMutability: "IMMUTABLE" };
  expect(await send("UpdateRepositoryCreationTemplate", update)).toEqual(answered(changed));
  expect(await send("DeleteRepositoryCreationTemplate", { prefix: "quay" })).toEqual(answered(changed));
  expect(await send("DescribeRepositoryCreationTemplates", {})).toMatchObject({ repositoryCreationTemplates: [] });
});

test("templates are those of one region, and a prefix has one", async () => {
  const send = sandbox();
  await send("CreateRepositoryCreationTemplate", GIVEN);

  expect(await send("CreateRepositoryCreationTemplate", GIVEN)).toMatchObject({
    status: 400,
    __type: "TemplateAlreadyExistsException",
  });
  expect(await send("DescribeRepositoryCreationTemplates", {}, "us-east-1")).toMatchObject({
    repositoryCreationTemplates: [],
  });
});

test.each([
  ["DescribeRepositoryCreationTemplates", { prefixes: ["quay"] }],
  ["UpdateRepositoryCreationTemplate", { prefix: "quay" }],
  ["DeleteRepositoryCreationTemplate", { prefix: "quay" }],
])("%s of a template that is not there is refused", async (action, input) => {
  expect(await sandbox()(action, input)).toEqual({
    status: 400,
    __type: "TemplateNotFoundException",
    message: "The repository creation template with the prefix 'quay' was not found.",
  });
});
