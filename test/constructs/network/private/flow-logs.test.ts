import { type FlowLogOptions } from "../../../../constructs/network/flow-log-options";
import { type VpcProps, Vpc } from "../../../../constructs/network/vpc";
import { Key } from "../../../../constructs/encryption/key";
import { KEY_ARN, importedKey } from "../../../support/cluster";
import { IDENTITY, failure } from "../../../support/fixtures";
import { synthesize, testStack } from "../../../support/synth";

const MINIMAL: VpcProps = {
  identity: IDENTITY,
  cidrBlock: "10.20.0.0/16",
  zones: ["eu-central-1a", "eu-central-1b"],
};
const logsWith = (flowLogs?: FlowLogOptions) =>
  synthesize((stack) => new Vpc(stack, "Vpc", { ...MINIMAL, flowLogs, logKey: importedKey(stack) }));
const refused = (flowLogs: FlowLogOptions) =>
  failure(() => {
    const stack = testStack();
    new Vpc(stack, "Vpc", { ...MINIMAL, flowLogs, logKey: importedKey(stack) });
  }).message;

describe("Flow logs of a Vpc", () => {
  const out = logsWith();

  test("record all connections in a log group of their own", () => {
    expect(out.resource("aws_flow_log", "Vpc/FlowLogs/Resource")).toEqual({
      vpc_id: "${aws_vpc.Vpc_8378EB38.id}",
      traffic_type: "ALL",
      log_destination_type: "cloud-watch-logs",
      log_destination: expect.stringMatching(/^\$\{aws_cloudwatch_log_group\.Vpc_FlowLogs_LogGroup_\w+\.arn\}$/),
      iam_role_arn: expect.stringMatching(/^\$\{aws_iam_role\.Vpc_FlowLogs_Role_\w+\.arn\}$/),
      max_aggregation_interval: 600,
      tags: { Name: "atlas-dev-vpc-flow-logs" },
      depends_on: [expect.stringMatching(/^aws_iam_role_policy\.Vpc_FlowLogs_Policy_/)],
    });
  });

  test("are encrypted and kept for 90 days", () => {
    expect(out.resource("aws_cloudwatch_log_group", "Vpc/FlowLogs/LogGroup")).toEqual({
      name: "/flightdeck/atlas-dev/flow-logs",
      retention_in_days: 90,
      kms_key_id: KEY_ARN,
      tags: { Name: "atlas-dev-vpc-flow-logs" },
    });
  });

  test("are written by a role that only flow logs of the own account and region can take", () => {
    expect(out.resource("aws_iam_role", "Vpc/FlowLogs/Role")).toMatchObject({
      name: "atlas-dev-vpc-flow-logs",
      description: "Flow logs of atlas/dev",
    });
    expect(out.policy("aws_iam_role", "Vpc/FlowLogs/Role", "assume_role_policy")).toEqual({
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "FlowLogsOfThisAccountAndRegion",
          Effect: "Allow",
          Principal: { Service: "vpc-flow-logs.amazonaws.com" },
          Action: "sts:AssumeRole",
          Condition: {
            StringEquals: { "aws:SourceAccount": "111111111111" },
            ArnLike: { "aws:SourceArn": "arn:aws:ec2:eu-central-1:111111111111:vpc-flow-log/*" },
          },
        },
      ],
    });
  });

  test("may be written to this log group only, which the role cannot make or remove", () => {
    expect(out.policy("aws_iam_role_policy", "Vpc/FlowLogs/Policy")).toEqual({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Action: ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
          Resource: expect.stringMatching(/^\$\{aws_cloudwatch_log_group\.Vpc_FlowLogs_LogGroup_\w+\.arn\}:\*$/),
        },
      ],
    });
  });

  test("keep their address", () => {
    expect(out.addresses("aws_cloudwatch_log_group")).toEqual({
      "Vpc/FlowLogs/LogGroup": "aws_cloudwatch_log_group.Vpc_FlowLogs_LogGroup_83885117",
    });
    expect(out.addresses("aws_flow_log")).toEqual({ "Vpc/FlowLogs/Resource": "aws_flow_log.Vpc_FlowLogs_3A4A3791" });
  });

  test("take every option", () => {
    const all = logsWith({ traffic: "reject", retentionDays: 365, aggregationSeconds: 60 });

    expect(all.resource("aws_flow_log")).toMatchObject({ traffic_type: "REJECT", max_aggregation_interval: 60 });
    expect(all.resource("aws_cloudwatch_log_group")).toMatchObject({ retention_in_days: 365 });
  });

  test.each([1, 3653])("can be kept for the shortest and the longest period: %i days", (retentionDays) => {
    expect(logsWith({ retentionDays }).resource("aws_cloudwatch_log_group")).toMatchObject({
      retention_in_days: retentionDays,
    });
  });

  test("are left out where that is spelled out, with their role", () => {
    const out = synthesize((stack) => {
      new Vpc(stack, "Vpc", { ...MINIMAL, flowLogs: "none" });
      new Vpc(stack, "Keyed", { ...MINIMAL, flowLogs: "none", logKey: importedKey(stack) });
    });

    expect(Object.keys(out.counts()).filter((type) => /flow_log|log_group|iam/.test(type))).toEqual([]);
  });

  test("demand a key when they are not left out", () => {
    expect(failure(() => new Vpc(testStack(), "Vpc", MINIMAL))).toEqual({
      code: "INVALID_VPC_PROPS",
      message:
        '`logKey` must be given, to encrypt the flow logs; only `flowLogs: "none"` does without, got nothing\n  in test/Vpc',
    });
  });

  test.each([
    [
      "a period that CloudWatch does not offer",
      { retentionDays: 100 },
      "`flowLogs.retentionDays` must be a period that CloudWatch Logs offers (1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653 days), got 100",
    ],
    [
      "another aggregation",
      { aggregationSeconds: 300 as 600 },
      "`flowLogs.aggregationSeconds` must be 60 or 600, got 300",
    ],
    ["other traffic", { traffic: "accept" as "all" }, '`flowLogs.traffic` must be all or reject, got "accept"'],
  ])("refuse %s", (_, flowLogs, line) => {
    expect(refused(flowLogs)).toBe(`${line}\n  in test/Vpc`);
  });
});

describe("Vpc.flowLogGroupArn", () => {
  test("is the ARN of the log group before it exists, in the partition of the region", () => {
    expect(Vpc.flowLogGroupArn(IDENTITY)).toBe(
      "arn:aws:logs:eu-central-1:111111111111:log-group:/flightdeck/atlas-dev/flow-logs",
    );
    expect(Vpc.flowLogGroupArn({ ...IDENTITY, region: "cn-north-1" })).toMatch(/^arn:aws-cn:logs:cn-north-1:/);
  });

  test("is what a key takes", () => {
    const key = new Key(testStack(), "Key", { identity: IDENTITY, purpose: "network-logs" });

    expect(() => key.allowCloudWatchLogs(Vpc.flowLogGroupArn(IDENTITY))).not.toThrow();
  });

  test("refuses what cannot be part of a name", () => {
    expect(failure(() => Vpc.flowLogGroupArn({ ...IDENTITY, stage: "My stage" })).code).toBe("INVALID_NAME");
  });
});
