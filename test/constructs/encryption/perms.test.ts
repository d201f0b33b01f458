import {
  DECRYPT_ACTIONS,
  ENCRYPT_DECRYPT_ACTIONS,
  INSTANCE_DISK_ACTIONS,
  LOG_GROUP_ACTIONS,
  VOLUME_ACTIONS,
} from "../../../constructs/encryption/perms";

const TO_ROLES = [...DECRYPT_ACTIONS, ...ENCRYPT_DECRYPT_ACTIONS, ...VOLUME_ACTIONS];

test("no list lets anyone administer a key", () => {
  const all = [...TO_ROLES, ...LOG_GROUP_ACTIONS, ...INSTANCE_DISK_ACTIONS];

  expect(all.filter((action) => !/^kms:(Encrypt|Decrypt|ReEncrypt|GenerateDataKey|Describe)/.test(action))).toEqual([]);
});

test("roles are given actions by name, without wildcards", () => {
  expect(TO_ROLES.filter((action) => action.includes("*"))).toEqual([]);
});

test("who may encrypt may decrypt too, since multipart uploads need it", () => {
  expect(ENCRYPT_DECRYPT_ACTIONS).toEqual(expect.arrayContaining([...DECRYPT_ACTIONS]));
});
