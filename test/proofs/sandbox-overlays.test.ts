import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { MotoProcess } from "../../sandbox";
import { query, send } from "../sandbox/signed-request";
import { motoServer } from "../support/moto";

jest.setTimeout(60_000);

// Each test fails when moto learns what an overlay does for it: then the overlay goes.
const directory = mkdtempSync(join(tmpdir(), "flightdeck-proof-"));
const moto = new MotoProcess({ program: motoServer(), logFile: join(directory, "moto.log") });
const endpoint = () => `http://127.0.0.1:${moto.port}`;
const s3 = (method: string, path: string, body = "") =>
  send(endpoint(), { service: "s3", method, path, body, headers: { host: "localhost" } });
const kms = (action: string, body: object) =>
  send(endpoint(), {
    service: "kms",
    headers: { "x-amz-target": `TrentService.${action}`, "content-type": "application/x-amz-json-1.1" },
    body: JSON.stringify(body),
  });

beforeAll(async () => {
  await moto.start();
  const place =
    '<CreateBucketConfiguration xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><LocationConstraint>eu-west-1</LocationConstraint></CreateBucketConfiguration>';
  expect((await s3("PUT", "/overlay-bucket", place)).status).toBe(200);
});
afterAll(async () => {
  await moto.stop();
  rmSync(directory, { recursive: true, force: true });
});

test("moto takes the question who pays for a listing", async () => {
  expect((await s3("GET", "/overlay-bucket?requestPayment")).body).toContain("<ListBucketResult");
});

test("moto forbids every object call where requests without TLS are denied", async () => {
  const arn = "arn:aws:s3:::overlay-bucket";
  const deny = {
    Effect: "Deny",
    Principal: "*",
    Action: "s3:*",
    Resource: [arn, `${arn}/*`],
    Condition: { Bool: { "aws:SecureTransport": "false" } },
  };
  await s3(
    "PUT",
    "/overlay-bucket?policy",
    JSON.stringify({
      Version: "2012-10-17",
      Statement: [{ ...deny, Condition: { Bool: { "aws:SecureTransport": "true" } } }],
    }),
  );
  expect((await s3("PUT", "/overlay-bucket/key", "x")).status).toBe(403);
  await s3("PUT", "/overlay-bucket?policy", JSON.stringify({ Version: "2012-10-17", Statement: [deny] }));
  expect((await s3("PUT", "/overlay-bucket/key", "x")).status).toBe(403);
});

test("moto forgets how often a key is rotated", async () => {
  const { KeyMetadata } = JSON.parse((await kms("CreateKey", {})).body) as { KeyMetadata: { KeyId: string } };
  await kms("EnableKeyRotation", { KeyId: KeyMetadata.KeyId, RotationPeriodInDays: 90 });
  const status: unknown = JSON.parse((await kms("GetKeyRotationStatus", { KeyId: KeyMetadata.KeyId })).body);
  expect(status).toEqual({ KeyRotationEnabled: true });
});

test("moto gives instances the tags of the launch template itself", async () => {
  const tags =
    "TagSpecification.1.ResourceType=launch-template&TagSpecification.1.Tag.1.Key=a&TagSpecification.1.Tag.1.Value=b";
  const data = "LaunchTemplateName=t&LaunchTemplateData.InstanceType=t3.micro";
  await query(endpoint(), "", { body: `Action=CreateLaunchTemplate&Version=2016-11-15&${data}&${tags}` });
  const versions = await query(endpoint(), "", {
    body: "Action=DescribeLaunchTemplateVersions&Version=2016-11-15&LaunchTemplateName=t",
  });
  expect(versions.body).toContain("<resourceType>launch-template</resourceType>");
});

test.each([
  ["ec2", "CreatePlacementGroup", "GroupName=g&Strategy=cluster"],
  ["ec2", "CreateCapacityReservation", "InstanceType=p5.48xlarge&InstancePlatform=Linux/UNIX&InstanceCount=1"],
])("moto lacks %s %s", async (_service, action, parameters) => {
  const answer = await query(endpoint(), "", { body: `Action=${action}&Version=2016-11-15&${parameters}` });
  expect(answer.status).toBeGreaterThanOrEqual(400);
});

test.each([
  ["ecr", "AmazonEC2ContainerRegistry_V20150921.CreatePullThroughCacheRule"],
  ["ecr", "AmazonEC2ContainerRegistry_V20150921.CreateRepositoryCreationTemplate"],
  ["servicequotas", "ServiceQuotasV20190624.GetAWSDefaultServiceQuota"],
  ["servicequotas", "ServiceQuotasV20190624.RequestServiceQuotaIncrease"],
  ["budgets", "AWSBudgetServiceGateway.DescribeSubscribersForNotification"],
])("moto lacks %s %s", async (service, target) => {
  const headers = { "x-amz-target": target, "content-type": "application/x-amz-json-1.1" };
  const answer = await send(endpoint(), { service, headers, body: "{}" });
  expect(answer.status).toBeGreaterThanOrEqual(400);
  expect(answer.body).not.toMatch(/ValidationException|InvalidParameter/);
});

test("moto lacks S3's intelligent tiering", async () => {
  const configuration = await s3("GET", "/overlay-bucket?intelligent-tiering&id=a");
  expect(configuration.body).not.toContain("NoSuchConfiguration");
});

test("moto gives parameters of a database back without their source", async () => {
  const rds = (action: string, parameters: string) =>
    query(endpoint(), "", { service: "rds", body: `Action=${action}&Version=2014-10-31&${parameters}` });
  await rds("CreateDBParameterGroup", "DBParameterGroupName=p&DBParameterGroupFamily=postgres17&Description=p");
  await rds(
    "ModifyDBParameterGroup",
    "DBParameterGroupName=p&Parameters.Parameter.1.ParameterName=rds.force_ssl&Parameters.Parameter.1.ParameterValue=1&Parameters.Parameter.1.ApplyMethod=pending-reboot",
  );
  const { body } = await rds("DescribeDBParameters", "DBParameterGroupName=p&Source=user");
  expect(body).not.toContain("<Source>user</Source>");
});
