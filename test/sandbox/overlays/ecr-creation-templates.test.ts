import { ecrCreationTemplates } from "../../../sandbox/overlays/ecr-creation-templates";
import { ecrSandbox } from "./ecr-sandbox";

const GIVEN = { prefix: "quay", appliedFor: ["PULL_THROUGH_CACHE"], customRoleArn: "arn:role" };
const TEMPLATE = {
  ...GIVEN,
  imageTagMutability: "MUTABLE",
  encryptionConfiguration: { encryptionType: "AES256" },
  resourceTags: [],
};

const sandbox = () => ecrSandbox(ecrCreationTemplates());
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
