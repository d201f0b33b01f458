import * as perms from "../../../constructs/storage/perms";
import {
  DELETE_OBJECT_ACTIONS,
  PUT_BUCKET_ACTIONS,
  PUT_OBJECT_ACTIONS,
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

test("writing alone neither lists nor reads nor deletes", () => {
  expect([...PUT_BUCKET_ACTIONS, ...PUT_OBJECT_ACTIONS]).toEqual([
    "s3:GetBucketLocation",
    "s3:AbortMultipartUpload",
    "s3:ListMultipartUploadParts",
    "s3:PutObject",
  ]);
});

test("deleting alone leaves older versions", () => {
  expect(DELETE_OBJECT_ACTIONS).toEqual(["s3:DeleteObject"]);
});

test("no action has a wildcard", () => {
  const all = Object.values(perms).flat();

  expect(all.length).toBeGreaterThan(20);
  expect(all.filter((action) => action.includes("*"))).toEqual([]);
});

test("who may write may read", () => {
  expect(READ_WRITE_BUCKET_ACTIONS).toEqual(expect.arrayContaining([...READ_BUCKET_ACTIONS]));
  expect(READ_WRITE_OBJECT_ACTIONS).toEqual(expect.arrayContaining([...READ_OBJECT_ACTIONS]));
});
