import { ecrPullThroughRules } from "../../../sandbox/overlays/ecr-pull-through-rules";
import { ecrSandbox } from "./ecr-sandbox";

const QUAY = { ecrRepositoryPrefix: "quay", upstreamRegistryUrl: "quay.io" };
const RULE = { ...QUAY, registryId: "111111111111" };

const sandbox = () => ecrSandbox(ecrPullThroughRules());

test("a rule is made, described, changed and deleted", async () => {
  const send = sandbox();
  const changed = { ...RULE, credentialArn: "arn:secret" };

  expect(await send("CreatePullThroughCacheRule", QUAY)).toEqual({ status: 200, ...RULE });
  expect(await send("DescribePullThroughCacheRules", { ecrRepositoryPrefixes: ["quay"] })).toEqual({
    status: 200,
    pullThroughCacheRules: [RULE],
  });
  const update = { ecrRepositoryPrefix: "quay", credentialArn: "arn:secret" };
  expect(await send("UpdatePullThroughCacheRule", update)).toEqual({ status: 200, ...changed });
  expect(await send("DeletePullThroughCacheRule", { ecrRepositoryPrefix: "quay" })).toEqual({
    status: 200,
    ...changed,
  });
  expect(await send("DescribePullThroughCacheRules", {})).toEqual({ status: 200, pullThroughCacheRules: [] });
});

test("rules are those of one region, and a prefix has one", async () => {
  const send = sandbox();
  await send("CreatePullThroughCacheRule", QUAY);

  expect(await send("CreatePullThroughCacheRule", QUAY)).toMatchObject({
    status: 400,
    __type: "PullThroughCacheRuleAlreadyExistsException",
  });
  expect(await send("DescribePullThroughCacheRules", {}, "us-east-1")).toEqual({
    status: 200,
    pullThroughCacheRules: [],
  });
});

test.each([
  ["DescribePullThroughCacheRules", { ecrRepositoryPrefixes: ["quay"] }],
  ["UpdatePullThroughCacheRule", { ecrRepositoryPrefix: "quay" }],
  ["DeletePullThroughCacheRule", { ecrRepositoryPrefix: "quay" }],
])("%s of a rule that is not there is refused", async (action, input) => {
  expect(await sandbox()(action, input)).toEqual({
    status: 400,
    __type: "PullThroughCacheRuleNotFoundException",
    message: "The pull through cache rule with the repository prefix 'quay' was not found.",
  });
});

test.each([
  ["docker.io", "UnsupportedUpstreamRegistryException"],
  ["registry-1.docker.io", "InvalidParameterException"],
])("an upstream that ECR does not know, or not without credentials, is refused: %s", async (url, code) => {
  const send = sandbox();
  const rule = { ecrRepositoryPrefix: "hub", upstreamRegistryUrl: url };

  expect(await send("CreatePullThroughCacheRule", rule)).toMatchObject({ status: 400, __type: code });
});
