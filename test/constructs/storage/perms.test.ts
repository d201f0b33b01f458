import {
  READ_BUCKET_ACTIONS,
  READ_OBJECT_ACTIONS,
  READ_WRITE_BUCKET_ACTIONS,
  READ_WRITE_OBJECT_ACTIONS,
} from "../../../constructs/storage/perms";

test("reading changes nothing", () => {
  const writing = [...READ_BUCKET_ACTIONS, ...READ_OBJECT_ACTIONS].filter((action) => !/^s3:(Get|List)/.test(action));

  expect(writing).toEqual([]);
});

test("writing cannot delete versions, nor change the bucket", () => {
  const all = [...READ_WRITE_BUCKET_ACTIONS, ...READ_WRITE_OBJECT_ACTIONS];

  expect(all).not.toContain("s3:DeleteObjectVersion");
  expect(all.filter((action) => /^s3:(Put|Delete)(?!Object$)/.test(action))).toEqual([]);
});

test("no action has a wildcard", () => {
  expect([...READ_WRITE_BUCKET_ACTIONS, ...READ_WRITE_OBJECT_ACTIONS].filter((action) => action.includes("*"))).toEqual(
    [],
  );
});

test("who may write may read", () => {
  expect(READ_WRITE_BUCKET_ACTIONS).toEqual(expect.arrayContaining([...READ_BUCKET_ACTIONS]));
  expect(READ_WRITE_OBJECT_ACTIONS).toEqual(expect.arrayContaining([...READ_OBJECT_ACTIONS]));
});
