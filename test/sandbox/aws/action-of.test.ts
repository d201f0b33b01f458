import { actionOf } from "../../../sandbox/aws/action-of";

const form = ["content-type", "application/x-www-form-urlencoded"];
const parts = (headers: string[], body = "", method = "POST", path = "/", query = "") => ({
  ...{ method, path, headers },
  query: new URLSearchParams(query),
  body: Buffer.from(body),
});

test.each([
  ["ec2", parts(form, "Action=CreateVpc&Version=2016-11-15"), "CreateVpc", "ec2", true],
  ["ec2", parts(form, "Action=DescribeVpcs"), "DescribeVpcs", "ec2", false],
  ["iam", parts(form, "Version=2010-05-08&Action=CreateRole"), "CreateRole", "query", true],
  ["sts", parts([], "", "GET", "/", "Action=GetCallerIdentity"), "GetCallerIdentity", "query", false],
  ["kms", parts(["X-Amz-Target", "TrentService.CreateKey"], "{}"), "CreateKey", "json", true],
  ["kms", parts(["x-amz-target", "TrentService.GenerateDataKey"], "{}"), "GenerateDataKey", "json", false],
  ["kms", parts(["x-amz-target", "TrentService.DescribeKey"], '{"KeyId":"alias/aws/s3"}'), "DescribeKey", "json", true],
  ["logs", parts(["x-amz-target", "Logs_20140328.DescribeLogGroups"], "{}"), "DescribeLogGroups", "json", false],
  [
    "elasticfilesystem",
    parts([], "", "GET", "/2015-02-01/file-systems"),
    "GET /2015-02-01/file-systems",
    "rest-json",
    false,
  ],
  ["route53", parts([], "<x/>", "POST", "/2013-04-01/hostedzone"), "POST /2013-04-01/hostedzone", "rest-xml", true],
  ["s3", parts([], "", "GET", "/b"), "ListObjects", "s3", false],
  ["s3", parts([], "", "PUT", "/b/k"), "PutObject", "s3", true],
] as const)("%s request %# is named", (service, given, action, protocol, mutates) => {
  expect(actionOf(service, given)).toEqual({ action, protocol, mutates });
});

test("an S3 subresource that moto would misread is marked as unsupported", () => {
  expect(actionOf("s3", parts([], "", "DELETE", "/b", "metrics&id=1"))).toEqual({
    action: "DELETE bucket?metrics",
    protocol: "s3",
    mutates: true,
    unsupported: "metrics",
  });
});
