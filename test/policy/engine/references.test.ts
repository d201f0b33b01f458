import { readReference, withoutKeys } from "../../../policy/engine/references";

test.each([
  ["aws_s3_bucket.models.arn", { address: "aws_s3_bucket.models", attribute: ["arn"] }],
  ["aws_s3_bucket.models", { address: "aws_s3_bucket.models", attribute: [] }],
  ["data.aws_vpc.main.id", { address: "data.aws_vpc.main", attribute: ["id"] }],
  [
    "aws_s3_bucket.models[0].arn",
    { address: "aws_s3_bucket.models", instance: "aws_s3_bucket.models[0]", attribute: ["arn"] },
  ],
  [
    'data.aws_vpc.main["a.b]"].tags["x y"]',
    { address: "data.aws_vpc.main", instance: 'data.aws_vpc.main["a.b]"]', attribute: ["tags", "x y"] },
  ],
  ["aws_s3_bucket.models[*].arn", { address: "aws_s3_bucket.models", attribute: ["arn"] }],
  [
    "aws_eks_cluster.c.vpc_config[0].vpc_id",
    { address: "aws_eks_cluster.c", attribute: ["vpc_config", "0", "vpc_id"] },
  ],
  ["module.store.aws_s3_bucket.models.arn", { address: "module.store.aws_s3_bucket.models", attribute: ["arn"] }],
  [
    'module.store["a"].module.inner.data.aws_vpc.main[1].id',
    {
      address: "module.store.module.inner.data.aws_vpc.main",
      instance: 'module.store["a"].module.inner.data.aws_vpc.main[1]',
      attribute: ["id"],
    },
  ],
  ["aws_s3_bucket.größe.arn", { address: "aws_s3_bucket.größe", attribute: ["arn"] }],
])("%s", (text, reference) => {
  expect(readReference(text)).toEqual(reference);
});

test.each([
  "var.name",
  "local.name.x",
  "each.value",
  "count.index",
  "path.module",
  "terraform.workspace",
  "self.arn",
  "x",
  "",
])("%j is no resource", (text) => {
  expect(readReference(text)).toBeUndefined();
});

test("an address without the keys of instances and modules", () => {
  expect(withoutKeys('module.m["a.b"].aws_s3_bucket.b[0]')).toBe("module.m.aws_s3_bucket.b");
  expect(withoutKeys("aws_s3_bucket.b")).toBe("aws_s3_bucket.b");
});
