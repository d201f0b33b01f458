import { ec2Caller } from "./ec2-caller";
import { ec2PlacementGroups } from "../../../sandbox/overlays/ec2-placement-groups";

const CREATE = {
  GroupName: "atlas-dev-p5",
  Strategy: "cluster",
  "TagSpecification.1.ResourceType": "placement-group",
  "TagSpecification.1.Tag.1.Key": "Name",
  "TagSpecification.1.Tag.1.Value": "a & b",
};

test("a placement group is remembered as it was made, until it is deleted", async () => {
  const call = ec2Caller(ec2PlacementGroups());
  expect(await call("CreatePlacementGroup", CREATE)).toContain("<groupName>atlas-dev-p5</groupName>");
  const found = await call("DescribePlacementGroups", { "GroupName.1": "atlas-dev-p5" });
  expect(found).toMatch(/<groupId>pg-[0-9a-f]{17}<\/groupId>/);
  expect(found).toContain("<state>available</state><strategy>cluster</strategy>");
  expect(found).toContain("<item><key>Name</key><value>a &amp; b</value></item>");
  await call("DeletePlacementGroup", { GroupName: "atlas-dev-p5" });
  expect(await call("DescribePlacementGroups", {})).toContain("<placementGroupSet></placementGroupSet>");
});

test.each([
  ["cn-north-1", "aws-cn"],
  ["us-gov-west-1", "aws-us-gov"],
])("the ARN of a group in %s is of the partition %s", async (region, partition) => {
  const call = ec2Caller(ec2PlacementGroups(), { region });
  const arn = `<groupArn>arn:${partition}:ec2:${region}:111111111111:placement-group/atlas-dev-p5</groupArn>`;
  expect(await call("CreatePlacementGroup", CREATE)).toContain(arn);
});

test("names are taken once, and unknown ones refused, as AWS does", async () => {
  const call = ec2Caller(ec2PlacementGroups());
  await call("CreatePlacementGroup", CREATE);
  expect(await call("CreatePlacementGroup", CREATE)).toContain("InvalidPlacementGroup.Duplicate");
  expect(await call("DescribePlacementGroups", { "GroupName.1": "other" })).toContain("InvalidPlacementGroup.Unknown");
  expect(await call("DeletePlacementGroup", { GroupName: "other" })).toContain("InvalidPlacementGroup.Unknown");
});

test("tags change; those of other things are left to moto", async () => {
  const call = ec2Caller(ec2PlacementGroups());
  const made = await call("CreatePlacementGroup", CREATE);
  const id = /<groupId>(pg-\w+)</.exec(made)?.[1] ?? "";
  await call("CreateTags", { "ResourceId.1": id, "Tag.1.Key": "Stage", "Tag.1.Value": "dev" });
  await call("DeleteTags", { "ResourceId.1": id, "Tag.1.Key": "Name" });
  expect(await call("DescribePlacementGroups", { "GroupId.1": id })).toContain(
    "<tagSet><item><key>Stage</key><value>dev</value></item></tagSet>",
  );
  expect(await call("CreateTags", { "ResourceId.1": "vpc-1", "Tag.1.Key": "a", "Tag.1.Value": "b" })).toBe("moto");
});

test("accounts and regions see their own alone, and a replay makes the same ids", async () => {
  const overlay = ec2PlacementGroups();
  const made = await ec2Caller(overlay, { seq: 7 })("CreatePlacementGroup", CREATE);
  const elsewhere = ec2Caller(overlay, { region: "us-east-1" });
  expect(await elsewhere("DescribePlacementGroups", {})).toContain("<placementGroupSet></placementGroupSet>");
  expect(await ec2Caller(ec2PlacementGroups(), { seq: 7 })("CreatePlacementGroup", CREATE)).toBe(made);
});
