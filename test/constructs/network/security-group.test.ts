import { Port } from "../../../constructs/core/connections";
import { SecurityGroup, type SecurityGroupProps } from "../../../constructs/network/security-group";
import { importedVpc } from "../../support/cluster";
import { IDENTITY, failure } from "../../support/fixtures";
import { synthesize, testStack } from "../../support/synth";

const MINIMAL: Omit<SecurityGroupProps, "vpc"> = {
  identity: IDENTITY,
  purpose: "database",
  description: "PostgreSQL",
};
const groupWith = (props: Partial<SecurityGroupProps> = {}) =>
  synthesize((stack) => new SecurityGroup(stack, "Group", { ...MINIMAL, vpc: importedVpc(stack), ...props }));
const refused = (props: Partial<SecurityGroupProps>) =>
  failure(() => {
    const stack = testStack();
    new SecurityGroup(stack, "Group", { ...MINIMAL, vpc: importedVpc(stack), ...props });
  });

const INGRESS = "aws_vpc_security_group_ingress_rule";
const EGRESS = "aws_vpc_security_group_egress_rule";

describe("SecurityGroup", () => {
  const out = groupWith();

  test("is named after environment and purpose, and stands before what it replaces goes", () => {
    expect(out.resource("aws_security_group")).toEqual({
      name_prefix: "atlas-dev-database-",
      description: "PostgreSQL",
      vpc_id: "vpc-1",
      tags: { Name: "atlas-dev-database" },
      lifecycle: { create_before_destroy: true },
    });
  });

  test("lets nothing in and nothing out", () => {
    expect(out.counts()).toEqual({ aws_security_group: 1 });
  });

  test("keeps its address", () => {
    expect(out.addresses("aws_security_group")).toEqual({ "Group/Resource": "aws_security_group.Group_C77FDACD" });
  });

  test("cuts a long name so that the provider's own ending fits", () => {
    const { name_prefix: prefix } = groupWith({ purpose: "x".repeat(300) }).resource("aws_security_group");

    expect(String(prefix)).toMatch(/^atlas-dev-x+-[0-9a-f]{8}-$/);
    expect(String(prefix).length + 26).toBe(255);
  });
});

describe("SecurityGroup connections", () => {
  test("let a peer in, and let it reach a peer, with rules at both ends", () => {
    const out = synthesize((stack) => {
      const vpc = importedVpc(stack);
      const database = new SecurityGroup(stack, "Database", { ...MINIMAL, vpc });
      const app = new SecurityGroup(stack, "App", { ...MINIMAL, vpc, purpose: "app" });
      database.connections.allowFrom(app, Port.tcp(5432), "App reaches the database");
      app.connections.allowTo(database, Port.tcp(5432), "App reaches the database");
    });

    expect(Object.keys(out.resources(INGRESS))).toEqual(["App/IntoDatabaseTcp5432", "Database/FromAppTcp5432"]);
    expect(out.resource(INGRESS, "Database/FromAppTcp5432")).toEqual({
      security_group_id: "${aws_security_group.Database_B269D8BB.id}",
      referenced_security_group_id: "${aws_security_group.App_F1B96344.id}",
      ip_protocol: "tcp",
      from_port: 5432,
      to_port: 5432,
      description: "App reaches the database",
    });
    expect(out.resource(EGRESS, "App/ToDatabaseTcp5432")).toMatchObject({
      security_group_id: "${aws_security_group.App_F1B96344.id}",
      referenced_security_group_id: "${aws_security_group.Database_B269D8BB.id}",
    });
  });
});

describe("SecurityGroup refuses", () => {
  const words = "must be lower-case letters and digits, in words joined by single hyphens";
  const text = "must be 1 to 255 letters, digits, spaces and ._-:/()#,@[]+=&;{}!$*";

  test.each(["", "Database", "data_base", "-database", "database-", "data--base"])("the purpose %p", (purpose) => {
    expect(refused({ purpose })).toEqual({
      code: "INVALID_SECURITY_GROUP_PROPS",
      message: `\`purpose\` ${words}, got "${purpose}"\n  in test/Group`,
    });
  });

  test.each(["", "Müller", 'says "no"', "two\nlines"])("the description %p", (description) => {
    expect(refused({ description }).message).toBe(
      `\`description\` ${text}, got ${JSON.stringify(description)}\n  in test/Group`,
    );
  });

  test("a description of 256 characters, not one of 255", () => {
    expect(refused({ description: "x".repeat(256) }).message).toMatch(
      /^`description` must be 1 to 255 .* \(258 characters\)/,
    );
    expect(groupWith({ description: "x".repeat(255) }).resource("aws_security_group")).toMatchObject({
      description: "x".repeat(255),
    });
  });

  test.each(["a", "database-2", "._-:/()#,@[]+=&;{}!$*"])("nothing that AWS takes: %p", (description) => {
    expect(groupWith({ description }).counts()).toEqual({ aws_security_group: 1 });
  });

  test("everything that is wrong at once", () => {
    const identity = { ...IDENTITY, stage: "Dev" };

    expect(refused({ identity, purpose: "", description: "" }).message.split("\n")).toEqual([
      '`identity.stage` must be lower-case letters and digits, starting with a letter, in words joined by single hyphens, got "Dev"',
      `\`purpose\` ${words}, got ""`,
      `\`description\` ${text}, got ""`,
      "  in test/Group",
    ]);
  });
});

describe("SecurityGroup.fromSecurityGroupAttributes", () => {
  test("has the id it was given, and defines nothing by itself", () => {
    const out = synthesize((stack) => {
      const group = SecurityGroup.fromSecurityGroupAttributes(stack, "Shared", { securityGroupId: "sg-1" });
      expect(group.securityGroupId).toBe("sg-1");
    });

    expect(out.counts()).toEqual({});
  });

  test("can be connected", () => {
    const out = synthesize((stack) => {
      const shared = SecurityGroup.fromSecurityGroupAttributes(stack, "Shared", { securityGroupId: "sg-1" });
      const own = new SecurityGroup(stack, "Own", { ...MINIMAL, vpc: importedVpc(stack) });
      shared.connections.allowFrom(own, Port.tcp(443), "Own reaches shared");
    });

    expect(out.resource(INGRESS, "Shared/FromOwnTcp443")).toMatchObject({
      security_group_id: "sg-1",
      referenced_security_group_id: expect.stringMatching(/^\$\{aws_security_group\.Own_/),
    });
  });
});
