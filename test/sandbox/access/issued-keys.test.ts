import { IssuedKeys } from "../../../sandbox/access/issued-keys";

const answer = (action: string, key: string, status = 200) => ({
  status,
  headers: [],
  body: Buffer.from(`<${action}Response xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><${action}Result>
    <Credentials><AccessKeyId>${key}</AccessKeyId><SecretAccessKey>007</SecretAccessKey><SessionToken>s+/=</SessionToken></Credentials>
    <AssumedRoleUser><Arn>arn:aws:sts::111111111111:assumed-role/viewer/me</Arn></AssumedRoleUser>
  </${action}Result></${action}Response>`),
});

test.each(["AssumeRole", "AssumeRoleWithWebIdentity"])(
  "the session that %s hands out is known by its key",
  (action) => {
    const keys = new IssuedKeys();
    keys.learn({ service: "sts", action }, answer(action, "ASIA1"));
    expect(keys.find("ASIA1")).toEqual({
      arn: "arn:aws:sts::111111111111:assumed-role/viewer/me",
      account: "111111111111",
      secretKey: "007",
      sessionToken: "s+/=",
    });
  },
);

test.each([
  ["of another service", { service: "iam", action: "AssumeRole" }, answer("AssumeRole", "ASIA1")],
  ["that hands out nothing", { service: "sts", action: "GetCallerIdentity" }, answer("GetCallerIdentity", "ASIA1")],
  ["that refuses", { service: "sts", action: "AssumeRole" }, answer("AssumeRole", "ASIA1", 403)],
  ["of another shape", { service: "sts", action: "AssumeRole" }, { ...answer("x", "y"), body: Buffer.from("<a/>") }],
])("an answer %s is passed over", (_what, call, response) => {
  const keys = new IssuedKeys();
  keys.learn(call, response);
  expect(keys.find("ASIA1")).toBeUndefined();
});

test("the oldest sessions are forgotten when there are very many", () => {
  const keys = new IssuedKeys();
  for (let index = 0; index <= 5000; index++) {
    keys.learn({ service: "sts", action: "AssumeRole" }, answer("AssumeRole", `ASIA${index}`));
  }
  expect([keys.find("ASIA0"), keys.find("ASIA1")?.account]).toEqual([undefined, "111111111111"]);
});
