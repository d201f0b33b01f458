import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { Construct } from "constructs";
import { Cidr } from "../../../constructs/core/cidr";
import { Connections, Port } from "../../../constructs/core/connections";
import type { IConnectable } from "../../../constructs/core/connections";
import { failure } from "../../support/fixtures";
import { synth, synthesize, testStack } from "../../support/synth";

class Box extends Construct implements IConnectable {
  readonly connections: Connections;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    const group = new SecurityGroup(this, "Resource", { vpcId: "vpc-1" });
    this.connections = new Connections({ scope: this, securityGroupIds: [group.id, "sg-extra"] });
  }
}

const INGRESS = "aws_vpc_security_group_ingress_rule";
const EGRESS = "aws_vpc_security_group_egress_rule";

describe("Port", () => {
  test.each([
    ["one port", Port.tcp(443), { protocol: "tcp", fromPort: 443, toPort: 443, label: "Tcp443" }],
    ["a range", Port.tcpRange(80, 90), { protocol: "tcp", fromPort: 80, toPort: 90, label: "Tcp80To90" }],
    ["all traffic", Port.allTraffic(), { protocol: "-1", label: "AllTraffic" }],
    [
      "the first and last port",
      Port.tcpRange(0, 65535),
      { protocol: "tcp", fromPort: 0, toPort: 65535, label: "Tcp0To65535" },
    ],
  ])("is %s", (_, port, fields) => {
    expect({ ...port }).toEqual(fields);
  });

  test("refuses numbers that are no ports, and ranges that end before they begin", () => {
    expect(failure(() => Port.tcpRange(-1, 65536))).toEqual({
      code: "INVALID_PORT",
      message:
        "`from` must be a whole number from 0 to 65535, got -1\n`to` must be a whole number from 0 to 65535, got 65536",
    });
    expect(failure(() => Port.tcpRange(90, 80)).message).toBe("`to` must be at least `from` (90), got 80");
  });
});

describe("Connections", () => {
  test("lets a peer in by its security group, under an id made of peer and port", () => {
    const out = synthesize((stack) => {
      const [database, app] = [new Box(stack, "Database"), new Box(stack, "App")];
      database.connections.allowFrom(app, Port.tcp(5432), "App reaches the database");
    });

    expect(out.resources(INGRESS)).toEqual({
      "Database/FromAppTcp5432": {
        security_group_id: "${aws_security_group.Database_B269D8BB.id}",
        referenced_security_group_id: "${aws_security_group.App_F1B96344.id}",
        ip_protocol: "tcp",
        from_port: 5432,
        to_port: 5432,
        description: "App reaches the database",
      },
    });
    expect(out.resources(EGRESS)).toEqual({});
  });

  test("lets an address range in, without ports for all traffic", () => {
    const out = synthesize((stack) => {
      new Box(stack, "Database").connections.allowFrom(Cidr.of("10.0.0.0/8"), Port.allTraffic(), "Company network");
    });

    expect(out.resource(INGRESS, "Database/FromCidr10-0-0-0-8AllTraffic")).toEqual({
      security_group_id: expect.stringContaining("aws_security_group.Database_"),
      cidr_ipv4: "10.0.0.0/8",
      ip_protocol: "-1",
      description: "Company network",
    });
  });

  test("defines a rule once, however often it is allowed", () => {
    const out = synthesize((stack) => {
      const [database, app] = [new Box(stack, "Database"), new Box(stack, "App")];
      database.connections.allowFrom(app, Port.tcp(5432), "first");
      database.connections.allowFrom(app, Port.tcp(5432), "second");
      database.connections.allowTo(app, Port.tcp(80), "first");
      database.connections.allowTo(app, Port.tcp(80), "second");
    });

    expect(out.counts()).toEqual({ aws_security_group: 2, [INGRESS]: 2, [EGRESS]: 1 });
  });

  test("tells peers with the same id at different places apart", () => {
    const out = synthesize((stack) => {
      const database = new Box(stack, "Database");
      for (const team of ["Vision", "Speech"]) {
        database.connections.allowFrom(new Box(new Construct(stack, team), "App"), Port.tcp(1), "app");
      }
    });

    expect(Object.keys(out.resources(INGRESS))).toEqual(["Database/FromSpeechAppTcp1", "Database/FromVisionAppTcp1"]);
  });

  test("reaches a peer by a rule on both sides", () => {
    const out = synthesize((stack) => {
      new Box(stack, "App").connections.allowTo(new Box(stack, "Database"), Port.tcp(5432), "App reaches the database");
    });

    const common = { ip_protocol: "tcp", from_port: 5432, to_port: 5432, description: "App reaches the database" };
    const [app, database] = ["${aws_security_group.App_F1B96344.id}", "${aws_security_group.Database_B269D8BB.id}"];
    expect(out.resources(EGRESS)).toEqual({
      "App/ToDatabaseTcp5432": { ...common, security_group_id: app, referenced_security_group_id: database },
    });
    expect(out.resources(INGRESS)).toEqual({
      "App/IntoDatabaseTcp5432": { ...common, security_group_id: database, referenced_security_group_id: app },
    });
  });

  test("reaches an address range by one rule", () => {
    const out = synthesize((stack) => {
      new Box(stack, "App").connections.allowTo(Cidr.of("0.0.0.0/0"), Port.tcp(443), "Internet");
    });

    expect(out.resource(EGRESS, "App/ToCidr0-0-0-0-0Tcp443")).toMatchObject({ cidr_ipv4: "0.0.0.0/0", from_port: 443 });
    expect(out.resources(INGRESS)).toEqual({});
  });

  test("keeps the rules in its own stack, so that a peer's stack does not come to depend on it", () => {
    const stack = testStack("apps");
    const peer: IConnectable = {
      connections: new Connections({ scope: new Construct(testStack("data"), "Database"), securityGroupIds: ["sg-1"] }),
    };
    new Box(stack, "App").connections.allowTo(peer, Port.tcp(5432), "App reaches the database");

    expect(Object.keys(synth(stack).resources(INGRESS))).toEqual(["App/IntoDatabaseTcp5432"]);
  });

  test("is called after its stack when it belongs to the stack itself", () => {
    const stack = testStack("apps");

    expect(new Connections({ scope: stack, securityGroupIds: ["sg-1"] }).label).toBe("apps");
  });

  test("refuses an empty list of groups", () => {
    expect(failure(() => new Connections({ scope: new Construct(testStack(), "Box"), securityGroupIds: [] }))).toEqual({
      code: "INVALID_CONNECTIONS",
      message: "`securityGroupIds` must hold at least one id, got []\n  in test/Box",
    });
  });
});
