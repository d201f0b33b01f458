import fc from "fast-check";
import { principalOf, withoutPath } from "../../../sandbox/access/caller-principal";

test.each([
  [
    "arn:aws:sts::111111111111:assumed-role/viewer/ada@example.com",
    { arn: "arn:aws:iam::111111111111:role/viewer", account: "111111111111", sessionName: "ada@example.com" },
  ],
  ["arn:aws:iam::111111111111:user/team/ada", { arn: "arn:aws:iam::111111111111:user/ada", account: "111111111111" }],
  ["arn:aws:sts::111111111111:user/moto", { arn: "arn:aws:iam::111111111111:user/moto", account: "111111111111" }],
  ["arn:aws:iam::111111111111:root", { arn: "arn:aws:iam::111111111111:root", account: "111111111111" }],
  [
    "arn:aws-cn:sts::111111111111:assumed-role/a/b",
    { arn: "arn:aws-cn:iam::111111111111:role/a", account: "111111111111", sessionName: "b" },
  ],
  ["arn:aws:sts::111111111111:federated-user/bob", undefined],
  ["arn:aws:s3:::bucket", undefined],
  ["", undefined],
])("%s", (arn, principal) => {
  expect(principalOf(arn)).toEqual(principal);
});

const account = fc.stringMatching(/^\d{12}$/);
const name = fc.stringMatching(/^[\w+=,.@-]{1,64}$/);
const path = fc.stringMatching(/^\/([a-z0-9]{1,8}\/){0,3}$/);

test("the session of a role is the role of the access entry, wherever the role lies", () => {
  fc.assert(
    fc.property(account, name, path, name, (id, role, folder, session) => {
      const caller = principalOf(`arn:aws:sts::${id}:assumed-role/${role}/${session}`);
      expect(caller?.arn).toBe(withoutPath(`arn:aws:iam::${id}:role${folder}${role}`));
      expect(caller?.sessionName).toBe(session);
    }),
  );
});

test("roles of other names or accounts, and users of the same name, are others", () => {
  fc.assert(
    fc.property(account, account, name, name, (id, otherId, role, otherRole) => {
      fc.pre(id !== otherId || role !== otherRole);
      const caller = principalOf(`arn:aws:sts::${id}:assumed-role/${role}/s`)?.arn;
      expect(caller).not.toBe(withoutPath(`arn:aws:iam::${otherId}:role/${otherRole}`));
      expect(caller).not.toBe(withoutPath(`arn:aws:iam::${id}:user/${role}`));
    }),
  );
});

test("anything at all is taken without an error", () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      const principal = principalOf(text);
      expect(principal === undefined || /^arn:aws[a-z-]*:iam::\d{12}:/.test(principal.arn)).toBe(true);
    }),
  );
});
