import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { identityIn, motoCallerIdentity } from "../../../sandbox/access/moto-caller-identity";
import type { MotoIdentities } from "../../../sandbox/access/moto-caller-identity";

// Cut down from what moto 5.2.5 answers to /moto-api/data.json.
const DATA: MotoIdentities = {
  sts: {
    AssumedRole: [
      {
        access_key_id: "ASIA1",
        secret_access_key: "secret-1",
        session_token: "session-1",
        arn: "arn:aws:sts::222222222222:assumed-role/viewer/s",
        account_id: "222222222222",
      },
    ],
  },
  iam: {
    AccessKey: [
      { access_key_id: "AKIA1", secret_access_key: "secret-2", status: "Active", user_name: "ada" },
      { access_key_id: "AKIA2", secret_access_key: "secret-3", status: "Inactive", user_name: "ada" },
      { access_key_id: "AKIA3", secret_access_key: "secret-4", status: "Active", user_name: "bob" },
    ],
    User: [
      { name: "ada", arn: "arn:aws:iam::111111111111:user/team/ada", account_id: "111111111111" },
      { name: "bob", arn: "arn:aws:iam::111111111111:user/bob", account_id: "111111111111" },
      { name: "bob", arn: "arn:aws:iam::222222222222:user/bob", account_id: "222222222222" },
    ],
  },
};

const request = (accessKey: string) => ({ accessKey, region: "eu-west-1", url: "/" });

test("the session of a role, in whatever account", () => {
  expect(identityIn(DATA, "ASIA1")).toEqual({
    arn: "arn:aws:sts::222222222222:assumed-role/viewer/s",
    account: "222222222222",
    secretKey: "secret-1",
    sessionToken: "session-1",
  });
});

test("a user by his access key", () => {
  expect(identityIn(DATA, "AKIA1")).toEqual({
    arn: "arn:aws:iam::111111111111:user/team/ada",
    account: "111111111111",
    secretKey: "secret-2",
  });
});

test.each([
  ["switched off", "AKIA2"],
  ["of a name that two accounts have", "AKIA3"],
  ["unknown", "AKIA9"],
])("a key that is %s is nobody's", (_, accessKey) => {
  expect(identityIn(DATA, accessKey)).toBeUndefined();
});

test("a key of the sandbox's own making is whoever deploys; moto is not even asked", async () => {
  expect(await motoCallerIdentity({ port: 1 })(request("FD-111111111111-kubectl"))).toEqual({
    arn: "arn:aws:sts::111111111111:user/moto",
    account: "111111111111",
    secretKey: "sandbox",
  });
});

test("moto is asked for all others, and may know nobody yet", async () => {
  const answers = [DATA, {}];
  const server = createServer((_request, response) => response.end(JSON.stringify(answers.shift())));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const callerIdentity = motoCallerIdentity({ port: (server.address() as AddressInfo).port });
  expect(await callerIdentity(request("ASIA1"))).toMatchObject({ account: "222222222222" });
  expect(await callerIdentity(request("ASIA1"))).toBeUndefined();
  await new Promise((resolve) => server.close(resolve));
});

test("nobody is known while moto cannot list what it holds", async () => {
  const server = createServer((_request, response) => response.writeHead(500).end("<!doctype html>"));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const callerIdentity = motoCallerIdentity({ port: (server.address() as AddressInfo).port });
  expect(await callerIdentity(request("ASIA1"))).toBeUndefined();
  await new Promise((resolve) => server.close(resolve));
});
