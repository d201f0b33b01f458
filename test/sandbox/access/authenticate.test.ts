import { authenticate } from "../../../sandbox/access/authenticate";
import type { AccessEntrySnapshot } from "../../../sandbox/eks/snapshot";
import { ACCOUNT, PLACE, VIEWER, VIEWER_TOKEN, accessParts, cluster, entry } from "./clusters";
import { bearerToken } from "./tokens";

const refused = (reason: string) => ({ kind: "refused", reason });
const withEntries = (...entries: AccessEntrySnapshot[]) => accessParts([cluster(entries)]);

test("a role with an access entry is the user and the groups of the entry", async () => {
  const parts = withEntries(entry({ kubernetesGroups: ["ml-readers"] }));
  expect(await authenticate(parts, PLACE, bearerToken(VIEWER_TOKEN))).toEqual({
    kind: "user",
    user: {
      username: `arn:aws:sts::${ACCOUNT}:assumed-role/viewer/ada-example.com`,
      uid: `aws-iam-authenticator:${ACCOUNT}:arn:aws:iam::${ACCOUNT}:role/viewer`,
      groups: ["ml-readers"],
      extra: {
        arn: [VIEWER.arn],
        canonicalArn: [`arn:aws:iam::${ACCOUNT}:role/viewer`],
        accessKeyId: ["ASIAVIEWER"],
        sessionName: ["ada@example.com"],
      },
    },
  });
});

test.each([
  ["ci:{{SessionName}}", "ci:ada-example.com"],
  ["ci:{{SessionNameRaw}}", "ci:ada@example.com"],
  ["{{AccountID}}:viewer", `${ACCOUNT}:viewer`],
  ["plain", "plain"],
])("the user name %s becomes %s", async (username, filled) => {
  const outcome = await authenticate(withEntries(entry({ username })), PLACE, bearerToken(VIEWER_TOKEN));
  expect(outcome).toMatchObject({ user: { username: filled } });
});

test("an entry with the path of its role is found", async () => {
  const parts = withEntries(entry({ principalArn: `arn:aws:iam::${ACCOUNT}:role/ci/eu/viewer` }));
  expect((await authenticate(parts, PLACE, bearerToken(VIEWER_TOKEN))).kind).toBe("user");
});

describe("nodes", () => {
  const node = entry({
    type: "EC2_LINUX",
    username: "system:node:{{EC2PrivateDNSName}}",
    kubernetesGroups: ["system:nodes"],
  });

  test("are named after their instance", async () => {
    const parts = accessParts([cluster([node])], { privateDnsName: (_, id) => Promise.resolve(`ip-${id}.internal`) });
    expect(await authenticate(parts, PLACE, bearerToken(VIEWER_TOKEN))).toMatchObject({
      user: { username: "system:node:ip-ada@example.com.internal", groups: ["system:nodes"] },
    });
  });

  test("that are no instance are refused", async () => {
    expect(await authenticate(withEntries(node), PLACE, bearerToken(VIEWER_TOKEN))).toEqual(
      refused(`${VIEWER.arn} is no EC2 instance of atlas-dev`),
    );
  });
});

test("a role without an entry is refused", async () => {
  const parts = withEntries(entry({ principalArn: `arn:aws:iam::${ACCOUNT}:role/admin` }));
  expect(await authenticate(parts, PLACE, bearerToken(VIEWER_TOKEN))).toEqual(
    refused(`arn:aws:iam::${ACCOUNT}:role/viewer has no access entry in cluster atlas-dev`),
  );
});

test("a token for another cluster is refused", async () => {
  const token = bearerToken({ ...VIEWER_TOKEN, cluster: "atlas-prod" });
  expect(await authenticate(withEntries(entry()), PLACE, token)).toEqual(
    refused(
      "the token's signature does not fit: it is made for another cluster than atlas-dev, or with another secret key",
    ),
  );
});

test.each([
  ["another secret key", { secretKey: "guessed" }],
  ["another user's key, claimed", { accessKey: "FD-111111111111-x", secretKey: "guessed", sessionToken: undefined }],
])("a token signed with %s is refused", async (_, parts) => {
  const outcome = await authenticate(withEntries(entry()), PLACE, bearerToken({ ...VIEWER_TOKEN, ...parts }));
  expect(outcome).toMatchObject({ kind: "refused", reason: expect.stringContaining("signature does not fit") });
});

test("a session without its own session token is refused", async () => {
  const token = bearerToken({ ...VIEWER_TOKEN, sessionToken: "stale" });
  expect(await authenticate(withEntries(entry()), PLACE, token)).toEqual(
    refused("the token's X-Amz-Security-Token is not that of ASIAVIEWER"),
  );
});

test("a key that nobody owns is refused", async () => {
  expect(await authenticate(withEntries(), PLACE, bearerToken({ accessKey: "AKIAUNKNOWN" }))).toEqual(
    refused("nobody in the sandbox owns the access key AKIAUNKNOWN"),
  );
});

test("a cluster that is not there is refused", async () => {
  const place = { ...PLACE, name: "gone" };
  expect(await authenticate(withEntries(), place, bearerToken())).toEqual(
    refused("there is no cluster gone in 111111111111 eu-west-1"),
  );
});

test("an expired token is refused before anybody is asked for its maker", async () => {
  const callerIdentity = jest.fn();
  const parts = accessParts([cluster([entry()])], { callerIdentity });
  const outcome = await authenticate(parts, PLACE, bearerToken({ ...VIEWER_TOKEN, date: "20260101T114459Z" }));
  expect(outcome).toMatchObject({ kind: "refused", reason: expect.stringContaining("has expired") });
  expect(callerIdentity).not.toHaveBeenCalled();
});

describe("whoever deploys", () => {
  test("is the administrator of the clusters of that account", async () => {
    expect(await authenticate(withEntries(), PLACE, bearerToken())).toMatchObject({
      user: { username: "flightdeck:deployer", groups: ["system:masters"] },
    });
  });

  test("is what his access entry says, where he has one", async () => {
    const own = entry({ principalArn: `arn:aws:iam::${ACCOUNT}:user/moto`, username: "creator" });
    expect(await authenticate(withEntries(own), PLACE, bearerToken())).toMatchObject({
      user: { username: "creator", groups: [] },
    });
  });

  test("of another account is a stranger", async () => {
    const token = bearerToken({ accessKey: "FD-222222222222-kubectl" });
    expect((await authenticate(withEntries(), PLACE, token)).kind).toBe("refused");
  });
});

test("a cluster that reads the aws-auth ConfigMap only says so", async () => {
  const parts = accessParts([cluster([], { authenticationMode: "CONFIG_MAP" })]);
  expect(await authenticate(parts, PLACE, bearerToken(VIEWER_TOKEN))).toEqual(
    refused(
      "cluster atlas-dev authenticates by its aws-auth ConfigMap, which the sandbox does not read: use access entries",
    ),
  );
});
