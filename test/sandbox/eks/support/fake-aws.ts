import type { AwsPort } from "../../../../sandbox/eks";

interface Subnet {
  readonly vpc: string;
  readonly zone: string;
  readonly cidr: string;
}

/** A version of a launch template: the XML inside `launchTemplateData`. */
type TemplateData = string;

const SUBNET_ERROR = "InvalidSubnetID.NotFound";

/** The other services that EKS asks, as far as it asks them. Counts and records what it was asked. */
export class FakeAws implements AwsPort {
  readonly calls: { readonly call: string; readonly params: Readonly<Record<string, string>> }[] = [];
  readonly subnets = new Map<string, Subnet>([
    ["subnet-0000000a", { vpc: "vpc-1", zone: "eu-west-1a", cidr: "10.0.0.0/24" }],
    ["subnet-0000000b", { vpc: "vpc-1", zone: "eu-west-1b", cidr: "10.0.1.0/24" }],
    ["subnet-0000000c", { vpc: "vpc-1", zone: "eu-west-1a", cidr: "10.0.2.0/24" }],
    ["subnet-0000000d", { vpc: "vpc-2", zone: "eu-west-1b", cidr: "172.20.0.0/24" }],
    ["subnet-0000000e", { vpc: "vpc-2", zone: "eu-west-1a", cidr: "172.20.1.0/24" }],
  ]);
  readonly roles = new Map<string, string>([
    ["cluster", "eks.amazonaws.com"],
    ["node", "ec2.amazonaws.com"],
    ["windows", "ec2.amazonaws.com"],
    ["pod", "pods.eks.amazonaws.com"],
    ["pod2", "pods.eks.amazonaws.com"],
  ]);
  /** By template id, then by version. */
  readonly templates = new Map<string, Readonly<Record<string, TemplateData>>>([
    ["lt-00000001", { "1": "", "2": "" }],
    ["lt-00000002", { "1": "<imageId>ami-1</imageId>", "2": "<imageId>ami-2</imageId>", "3": "" }],
    ["lt-00000003", { "1": "<instanceType>g6.xlarge</instanceType>" }],
    ["lt-00000004", { "1": "<iamInstanceProfile><name>x</name></iamInstanceProfile>" }],
    ["lt-00000005", { "1": "<instanceMarketOptions><marketType>capacity-block</marketType></instanceMarketOptions>" }],
    [
      "lt-00000006",
      {
        "1":
          "<instanceType>g6.xlarge</instanceType><instanceMarketOptions><marketType>capacity-block</marketType></instanceMarketOptions>" +
          "<capacityReservationSpecification><capacityReservationTarget><capacityReservationId>cr-1</capacityReservationId></capacityReservationTarget></capacityReservationSpecification>",
      },
    ],
  ]);
  readonly securityGroups = new Set(["sg-00000001"]);
  callerArn = "arn:aws:sts::111111111111:assumed-role/Deployer/session-1";
  /** Groups that other groups refer to. */
  readonly referenced = new Set<string>();
  private created = 0;

  call(service: string, action: string, params: Record<string, string>): Promise<{ status: number; body: string }> {
    const call = `${service}:${action}`;
    this.calls.push({ call, params });
    const answer = this.answers[call];
    return Promise.resolve(answer === undefined ? error("InvalidAction", `no ${call}`) : answer(params));
  }

  private readonly answers: Record<string, (params: Record<string, string>) => { status: number; body: string }> = {
    "ec2:DescribeSubnets": (params) => this.describeSubnets(listed(params, "SubnetId")),
    "ec2:DescribeSecurityGroups": (params) => {
      const missing = listed(params, "GroupId").find((id) => !this.securityGroups.has(id));
      if (missing === undefined) return ok("<securityGroupInfo/>");
      return error("InvalidGroup.NotFound", `The security group '${missing}' does not exist`);
    },
    "ec2:CreateSecurityGroup": () => {
      const id = `sg-${String(++this.created).padStart(8, "c")}`;
      this.securityGroups.add(id);
      return ok(`<groupId>${id}</groupId>`);
    },
    "ec2:AuthorizeSecurityGroupIngress": () => ok("<return>true</return>"),
    "ec2:DeleteSecurityGroup": ({ GroupId: id = "" }) => {
      if (this.referenced.has(id)) return error("DependencyViolation", "in use");
      this.securityGroups.delete(id);
      return ok("<return>true</return>");
    },
    "ec2:DescribeLaunchTemplateVersions": (params) => this.describeTemplate(params),
    "ec2:DescribeInstanceTypes": (params) => describeTypes(listed(params, "InstanceType")),
    "iam:GetRole": ({ RoleName: name = "" }) => {
      const service = this.roles.get(name);
      if (service === undefined) return error("NoSuchEntity", `Role ${name} not found`, 404);
      const trust = encodeURIComponent(JSON.stringify({ Statement: [{ Principal: { Service: service } }] }));
      return ok(
        `<GetRoleResult><Role><AssumeRolePolicyDocument>${trust}</AssumeRolePolicyDocument></Role></GetRoleResult>`,
      );
    },
    "sts:GetCallerIdentity": () =>
      ok(`<GetCallerIdentityResult><Arn>${this.callerArn}</Arn></GetCallerIdentityResult>`),
  };

  private describeSubnets(ids: readonly string[]): { status: number; body: string } {
    const missing = ids.find((id) => !this.subnets.has(id));
    if (missing !== undefined) return error(SUBNET_ERROR, `The subnet ID '${missing}' does not exist`);
    const rows = ids.map((id) => {
      const { vpc, zone, cidr } = this.subnets.get(id) ?? { vpc: "", zone: "", cidr: "" };
      return `<item><subnetId>${id}</subnetId><vpcId>${vpc}</vpcId><availabilityZone>${zone}</availabilityZone><cidrBlock>${cidr}</cidrBlock></item>`;
    });
    return ok(`<subnetSet>${rows.join("")}</subnetSet>`);
  }

  private describeTemplate(params: Record<string, string>): { status: number; body: string } {
    const id = params.LaunchTemplateId ?? params.LaunchTemplateName?.replace("template-", "lt-0000000") ?? "";
    const versions = this.templates.get(id);
    if (versions === undefined) {
      return error("InvalidLaunchTemplateId.NotFound", `The specified launch template '${id}' does not exist`);
    }
    const asked = params["LaunchTemplateVersion.1"] ?? "";
    const numbers = Object.keys(versions);
    const version = asked === "$Latest" ? (numbers.at(-1) ?? "") : asked === "$Default" ? "1" : asked;
    const data = versions[version];
    if (data === undefined) return ok("<launchTemplateVersionSet/>");
    return ok(
      `<launchTemplateVersionSet><item><launchTemplateId>${id}</launchTemplateId><launchTemplateName>template-${id.slice(-1)}</launchTemplateName><versionNumber>${version}</versionNumber><launchTemplateData>${data}</launchTemplateData></item></launchTemplateVersionSet>`,
    );
  }
}

function describeTypes(names: readonly string[]): { status: number; body: string } {
  const known: Record<string, string> = {
    "m8g.large": "<processorInfo><supportedArchitectures><item>arm64</item></supportedArchitectures></processorInfo>",
    "p9.large":
      "<processorInfo><supportedArchitectures><item>x86_64</item></supportedArchitectures></processorInfo><gpuInfo><gpus><item><manufacturer>NVIDIA</manufacturer></item></gpus></gpuInfo>",
  };
  const missing = names.filter((name) => !(name in known));
  if (missing.length > 0) return error("InvalidInstanceType", `[${missing.join()}] do not exist`);
  const rows = names.map((name) => `<item><instanceType>${name}</instanceType>${known[name] ?? ""}</item>`);
  return ok(`<instanceTypeSet>${rows.join("")}</instanceTypeSet>`);
}

function listed(params: Record<string, string>, name: string): string[] {
  return Object.entries(params)
    .filter(([key]) => key.startsWith(`${name}.`))
    .map(([, value]) => value);
}

function ok(content: string): { status: number; body: string } {
  return { status: 200, body: `<?xml version="1.0"?><Response>${content}</Response>` };
}

function error(code: string, message: string, status = 400): { status: number; body: string } {
  const body = `<Response><Errors><Error><Code>${code}</Code><Message>${message}</Message></Error></Errors></Response>`;
  return { status, body };
}
