import { hcl } from "../../../../policy/reports/private/hcl";

test("resources, data sources and outputs are blocks with labels", () => {
  expect(
    hcl({
      data: { aws_caller_identity: { me: {} } },
      resource: { aws_s3_bucket: { a: { bucket: "a" }, b: { bucket: "b" } } },
      output: { arn: { value: "${aws_s3_bucket.a.arn}" } },
    }),
  ).toBe(`data "aws_caller_identity" "me" {}

resource "aws_s3_bucket" "a" {
  bucket = "a"
}

resource "aws_s3_bucket" "b" {
  bucket = "b"
}

output "arn" {
  value = aws_s3_bucket.a.arn
}`);
});

test("objects and lists of objects are nested blocks, maps are arguments", () => {
  expect(
    hcl({
      resource: {
        aws_eks_node_group: {
          gpu: {
            scaling_config: { min_size: 0, max_size: 4 },
            taint: [
              { key: "nvidia.com/gpu", effect: "NO_SCHEDULE" },
              { key: "spot", effect: "NO_SCHEDULE" },
            ],
            labels: { "nvidia.com/gpu": "true" },
            subnet_ids: ["${aws_subnet.a.id}", "subnet-1"],
            update_config: null,
          },
        },
      },
    }),
  ).toBe(`resource "aws_eks_node_group" "gpu" {
  scaling_config {
    min_size = 0
    max_size = 4
  }
  taint {
    key    = "nvidia.com/gpu"
    effect = "NO_SCHEDULE"
  }
  taint {
    key    = "spot"
    effect = "NO_SCHEDULE"
  }
  labels = {
    "nvidia.com/gpu" = "true"
  }
  subnet_ids = [aws_subnet.a.id, "subnet-1"]
}`);
});

test("JSON in a text becomes what would be encoded, templates in it stay", () => {
  const policy = JSON.stringify({ Statement: [{ Effect: "Allow", Resource: "${aws_s3_bucket.a.arn}/*" }] });
  expect(hcl({ resource: { aws_iam_policy: { p: { policy } } } })).toBe(`resource "aws_iam_policy" "p" {
  policy = jsonencode({
    Statement = [
      {
        Effect   = "Allow"
        Resource = "\${aws_s3_bucket.a.arn}/*"
      },
    ]
  })
}`);
});

test("texts of several lines are written out, others are quoted", () => {
  expect(hcl({ resource: { helm_release: { a: { values: ["a: 1\nb: 2\n"], name: 'say "x"\\' } } } }))
    .toBe(`resource "helm_release" "a" {
  values = [
    <<-EOT
      a: 1
      b: 2
    EOT,
  ]
  name = "say \\"x\\"\\\\"
}`);
});

test("backends have a label, providers may be many, what CDKTF notes is left out", () => {
  expect(
    hcl({
      "//": { metadata: {} },
      terraform: { backend: { s3: { bucket: "state", key: "a" } } },
      provider: { aws: [{ region: "us-east-1" }, { region: "eu-west-1", alias: "eu" }] },
      resource: { aws_s3_bucket: { a: { "//": { metadata: {} } } } },
    }),
  ).toBe(`terraform {
  backend "s3" {
    bucket = "state"
    key    = "a"
  }
}

provider "aws" {
  region = "us-east-1"
}

provider "aws" {
  region = "eu-west-1"
  alias  = "eu"
}

resource "aws_s3_bucket" "a" {}`);
});
