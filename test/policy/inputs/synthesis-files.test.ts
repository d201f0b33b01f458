import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { InputError } from "../../../policy/inputs/input-error";
import { findSynthesis } from "../../../policy/inputs/synthesis-files";
import { temporaryFolder } from "../../support/temporary-folder";

function folderOf(files: readonly string[]): string {
  const folder = temporaryFolder();
  for (const path of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), `{"//": "${path}"}`);
  }
  return folder;
}

/** Ids of the modules with the names of their files, and what is not read of each. */
function found(files: readonly string[], given = ""): unknown {
  const folder = folderOf(files);
  return findSynthesis(join(folder, given), join("given", given)).map(({ id, files: read, unread, folder: own }) => {
    expect(read.every(({ file, text }) => text.includes(file.slice("given/".length)))).toBe(true);
    expect(own?.startsWith(folder)).toBe(true);
    return [
      id === folder.split("/").at(-1) ? "<folder>" : id,
      read.map(({ file }) => file),
      ...(unread ? [unread] : []),
    ];
  });
}

test.each([
  ["main.tf.json", "main"],
  ["infra.json", "infra"],
  ["network.tofu.json", "network"],
  ["stacks/shop-data/cdk.tf.json", "shop-data"],
])("%s alone is the module %s", (file, id) => {
  expect(found([file, "other.tf.json"], file)).toEqual([[id, [`given/${file}`]]]);
});

test("a folder is one module of all its files", () => {
  expect(found(["b.tf.json", "a.tf.json", "c.json", "modules/x/d.tf.json"])).toEqual([
    ["<folder>", ["given/a.tf.json", "given/b.tf.json"]],
  ]);
});

test("what is in Terraform's own language beside it is named", () => {
  expect(found(["a.tf.json", "b.tf", "c.tofu", "terraform.tfvars"])).toEqual([
    ["<folder>", ["given/a.tf.json"], ["b.tf", "c.tofu", "terraform.tfvars"]],
  ]);
});

test("values that Terraform takes by itself are read in the order in which they win", () => {
  const values = ["a.auto.tfvars.json", "terraform.tfvars.json", "b.auto.tfvars.json", "other.tfvars.json"];
  const [module] = findSynthesis(folderOf(["m.tf.json", ...values]), "given");
  expect(module?.values?.map(({ file }) => file)).toEqual([
    "given/terraform.tfvars.json",
    "given/a.auto.tfvars.json",
    "given/b.auto.tfvars.json",
  ]);
  expect(module?.unread).toBeUndefined();
});

test("a folder that holds both stacks and files of its own is judged whole", () => {
  expect(found(["main.tf.json", "sub/cdk.tf.json"])).toEqual([
    ["sub", ["given/sub/cdk.tf.json"]],
    ["<folder>", ["given/main.tf.json"]],
  ]);
});

test("links to the folders of stacks are followed, and those that lead nowhere are passed over", () => {
  const elsewhere = folderOf(["a/cdk.tf.json"]);
  const folder = folderOf(["stacks/b/cdk.tf.json"]);
  symlinkSync(join(elsewhere, "a"), join(folder, "stacks/a"));
  symlinkSync(join(elsewhere, "gone"), join(folder, "stacks/gone"));
  expect(findSynthesis(folder, "given").map(({ id }) => id)).toEqual(["a", "b"]);
});

test("a folder is no file, whatever its name", () => {
  expect(found(["a.tf.json", "x.tf.json/y", "stacks/s/cdk.tf.json/y"])).toEqual([["<folder>", ["given/a.tf.json"]]]);
});

test.each(["", "stacks"])("CDKTF's output holds a module for each stack, given as /%s", (given) => {
  const files = [
    "manifest.json",
    "stacks/b/cdk.tf.json",
    "stacks/a/cdk.tf.json",
    "stacks/a/assets/x/y.tf.json",
    "stacks/old/x",
  ];
  expect(found(files, given)).toEqual([
    ["a", ["given/stacks/a/cdk.tf.json"]],
    ["b", ["given/stacks/b/cdk.tf.json"]],
  ]);
});

test("one stack's folder is that stack, with the files its author put beside", () => {
  expect(found(["stacks/a/cdk.tf.json", "stacks/a/backend.tf.json"], "stacks/a")).toEqual([
    ["a", ["given/stacks/a/backend.tf.json", "given/stacks/a/cdk.tf.json"]],
  ]);
});

test.each([
  [[], "nothing", "given/nothing: there is no such file or folder"],
  [["x.md"], "", "given/: must hold *.tf.json or the stacks of CDKTF, and holds none"],
  [
    ["a.tf"],
    "",
    "given/: must hold *.tf.json or the stacks of CDKTF, and holds 1 file in Terraform's own language, which is judged by its plan (--plan)",
  ],
  [
    ["stacks/a/cdk.tf", "stacks/b/cdk.tf"],
    "",
    "given/: must hold *.tf.json or the stacks of CDKTF, and holds 2 files in Terraform's own language, which is judged by its plan (--plan)",
  ],
  [
    ["a.tf"],
    "a.tf",
    "given/a.tf: must be JSON, and is in Terraform's own language, which is judged by its plan (--plan)",
  ],
])("%j: what is missing is said (%s)", (files, given, message) => {
  const folder = folderOf(files);
  expect(() => findSynthesis(join(folder, given), `given/${given}`)).toThrow(new InputError([message]));
});
