import { DECRYPT_ACTIONS, ENCRYPT_DECRYPT_ACTIONS, LOG_GROUP_ACTIONS } from "../../../constructs/encryption/perms";

test("no list lets anyone administer a key", () => {
  const all = [...DECRYPT_ACTIONS, ...ENCRYPT_DECRYPT_ACTIONS, ...LOG_GROUP_ACTIONS];

  expect(all.filter((action) => !/^kms:(Encrypt|Decrypt|ReEncrypt|GenerateDataKey|Describe)/.test(action))).toEqual([]);
});

test("roles are given actions by name, without wildcards", () => {
  expect([...DECRYPT_ACTIONS, ...ENCRYPT_DECRYPT_ACTIONS].filter((action) => action.includes("*"))).toEqual([]);
});

test("who may encrypt may decrypt too, since multipart uploads need it", () => {
  expect(ENCRYPT_DECRYPT_ACTIONS).toEqual(expect.arrayContaining([...DECRYPT_ACTIONS]));
});
