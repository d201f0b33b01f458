import { efsAccessPointConfined } from "../../../policy/rules/efs/efs-access-point-confined";
import { efsBackup } from "../../../policy/rules/efs/efs-backup";
import { efsOwnKey } from "../../../policy/rules/efs/efs-own-key";
import { answersOf } from "./answers-of";

test("an access point that says nothing leads to everything as anyone", () => {
  expect(answersOf(efsAccessPointConfined, { aws_efs_access_point: { all: {} } })).toEqual([
    "fail: `posix_user` must be set, got nothing",
    "fail: `root_directory.path` must be a folder, got nothing",
  ]);
});

test("a file system that is not encrypted is asked for no key", () => {
  expect(answersOf(efsOwnKey, { aws_efs_file_system: { data: { encrypted: false } } })).toEqual(["not applicable"]);
});

test("a file system that a backup plan selects is backed up without a policy of its own", () => {
  const selected = (...resources: readonly string[]) => ({
    aws_efs_file_system: { data: {} },
    aws_backup_selection: { daily: { resources } },
  });
  expect(answersOf(efsBackup, selected("${aws_efs_file_system.data.arn}"))).toEqual(["pass"]);
  expect(answersOf(efsBackup, selected())).toEqual(["fail: no `aws_efs_backup_policy` belongs to it"]);
});

test("backups are asked for in production only", () => {
  expect(answersOf(efsBackup, { aws_efs_file_system: { data: {} } }, { stage: "dev" })).toEqual(["not applicable"]);
  expect(answersOf(efsBackup, { aws_efs_file_system: { data: {} } })).toEqual([
    "fail: no `aws_efs_backup_policy` belongs to it",
  ]);
});
