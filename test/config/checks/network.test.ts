import { refusal, withChange } from "../environment-fixture";

describe("region, zones and address range", () => {
  test.each([
    {
      behaviour: "refuses a region that does not exist and names the nearest",
      before: "region: us-east-1",
      after: "region: us-esat-1",
      message:
        'dev.yaml:4 region: must be an AWS region (did you mean "us-east-1"?), got "us-esat-1"; allowed: for example us-east-1, us-west-2, eu-central-1, eu-west-1, ap-southeast-1',
    },
    {
      behaviour: "refuses a zone of another region",
      before: "[us-east-1a, us-east-1b]",
      after: "[us-east-1a, us-west-2a]",
      message:
        'dev.yaml:8 network.zones[1]: must be a zone of us-east-1, got "us-west-2a"; allowed: us-east-1a, us-east-1b, us-east-1c, us-east-1d, us-east-1e, us-east-1f',
    },
    {
      behaviour: "refuses a single zone",
      before: "[us-east-1a, us-east-1b]",
      after: "[us-east-1a]",
      message:
        'dev.yaml:8 network.zones: must name 2 or 3 zones, got ["us-east-1a"]; allowed: for example ["us-east-1a","us-east-1b"]',
    },
    {
      behaviour: "refuses a fourth zone",
      before: "[us-east-1a, us-east-1b]",
      after: "[us-east-1a, us-east-1b, us-east-1c, us-east-1d]",
      message:
        'dev.yaml:8 network.zones: must name 2 or 3 zones, got ["us-east-1a","us-east-1b","us-east-1c","us-east-1d"]; allowed: for example ["us-east-1a","us-east-1b"]',
    },
    {
      behaviour: "refuses a zone named twice",
      before: "[us-east-1a, us-east-1b]",
      after: "[us-east-1a, us-east-1a]",
      message: 'dev.yaml:8 network.zones[1]: must not name a zone twice, got "us-east-1a"',
    },
    {
      behaviour: "refuses a range that is no range",
      before: "10.20.0.0/16",
      after: "ten",
      message:
        'dev.yaml:7 network.cidr: must be an IPv4 range in CIDR notation, got "ten"; allowed: for example "10.20.0.0/16"',
    },
    {
      behaviour: "refuses an address part above 255",
      before: "10.20.0.0/16",
      after: "10.20.0.300/16",
      message:
        'dev.yaml:7 network.cidr: must be an IPv4 range in CIDR notation, got "10.20.0.300/16"; allowed: for example 10.20.0.0/16',
    },
    {
      behaviour: "refuses a prefix above 32",
      before: "10.20.0.0/16",
      after: "10.20.0.0/33",
      message:
        'dev.yaml:7 network.cidr: must be an IPv4 range in CIDR notation, got "10.20.0.0/33"; allowed: for example 10.20.0.0/16',
    },
    {
      behaviour: "refuses octal spelling, which tools read differently",
      before: "10.20.0.0/16",
      after: "010.20.0.0/16",
      message:
        'dev.yaml:7 network.cidr: must be an IPv4 range in CIDR notation, got "010.20.0.0/16"; allowed: for example 10.20.0.0/16',
    },
    {
      behaviour: "refuses a range that does not start at its first address",
      before: "10.20.0.0/16",
      after: "10.20.3.0/16",
      message:
        'dev.yaml:7 network.cidr: must start at the first address of the range, got "10.20.3.0/16"; allowed: 10.20.0.0/16',
    },
    {
      behaviour: "refuses a range larger than a VPC may be",
      before: "10.20.0.0/16",
      after: "10.20.0.0/15",
      message:
        'dev.yaml:7 network.cidr: must not be larger than /16, the limit of a VPC, got "10.20.0.0/15"; allowed: /16 to /22',
    },
    {
      behaviour: "refuses a range too small for the subnets",
      before: "10.20.0.0/16",
      after: "10.20.0.0/23",
      message:
        'dev.yaml:7 network.cidr: must be at least a /22 to hold a private /24 and a public /26 subnet for each zone, got "10.20.0.0/23"; allowed: /16 to /22',
    },
    {
      behaviour: "refuses public addresses",
      before: "10.20.0.0/16",
      after: "8.8.0.0/16",
      message:
        'dev.yaml:7 network.cidr: must be a private range, got "8.8.0.0/16"; allowed: a part of 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16, 100.64.0.0/10',
    },
    {
      behaviour: "refuses a range that reaches out of a private one",
      before: "10.20.0.0/16",
      after: "172.32.0.0/16",
      message:
        'dev.yaml:7 network.cidr: must be a private range, got "172.32.0.0/16"; allowed: a part of 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16, 100.64.0.0/10',
    },
    {
      behaviour: "refuses the range of Kubernetes services",
      before: "10.20.0.0/16",
      after: "172.20.16.0/20",
      message:
        'dev.yaml:7 network.cidr: must not overlap 172.20.0.0/16, the range of Kubernetes services, got "172.20.16.0/20"',
    },
  ])("$behaviour", ({ before, after, message }) => {
    expect(refusal(withChange(before, after))).toBe(message);
  });

  test.each([
    { behaviour: "accepts the largest VPC", before: "10.20.0.0/16", after: "10.99.0.0/16" },
    { behaviour: "accepts the smallest VPC", before: "10.20.0.0/16", after: "10.20.4.0/22" },
    { behaviour: "accepts the shared range of RFC 6598", before: "10.20.0.0/16", after: "100.64.0.0/16" },
    { behaviour: "accepts the neighbour of the service range", before: "10.20.0.0/16", after: "172.21.0.0/16" },
    {
      behaviour: "accepts three zones",
      before: "[us-east-1a, us-east-1b]",
      after: "[us-east-1a, us-east-1b, us-east-1f]",
    },
  ])("$behaviour", ({ before, after }) => {
    expect(refusal(withChange(before, after))).toBe("");
  });
});

describe("the range of pods", () => {
  const withPods = (cidr: string) => withChange("network:", `network:\n  podCidr: ${cidr}`);

  test.each([
    [
      "no range",
      "100.64.0.0",
      'dev.yaml:7 network.podCidr: must be an IPv4 range in CIDR notation, got "100.64.0.0"; allowed: for example "10.20.0.0/16"',
    ],
    [
      "a range that starts elsewhere",
      "100.64.0.1/16",
      'dev.yaml:7 network.podCidr: must start at the first address of the range, got "100.64.0.1/16"; allowed: 100.64.0.0/16',
    ],
    [
      "a public range",
      "8.8.0.0/16",
      'dev.yaml:7 network.podCidr: must be a private range, got "8.8.0.0/16"; allowed: a part of 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16, 100.64.0.0/10',
    ],
    [
      "a range wider than a VPC takes",
      "100.64.0.0/15",
      'dev.yaml:7 network.podCidr: must be of a size that a VPC takes and many pods fit in, got "100.64.0.0/15"; allowed: /16 to /20',
    ],
    [
      "a range for few pods",
      "100.64.0.0/21",
      'dev.yaml:7 network.podCidr: must be of a size that a VPC takes and many pods fit in, got "100.64.0.0/21"; allowed: /16 to /20',
    ],
    [
      "addresses of the nodes",
      "10.20.128.0/20",
      'dev.yaml:7 network.podCidr: must not overlap network.cidr (10.20.0.0/16), got "10.20.128.0/20"',
    ],
    [
      "addresses of Kubernetes services",
      "172.20.0.0/16",
      'dev.yaml:7 network.podCidr: must not overlap 172.20.0.0/16, the range of Kubernetes services, got "172.20.0.0/16"',
    ],
  ])("is refused when it is %s", (_what, cidr, message) => {
    expect(refusal(withPods(cidr))).toBe(message);
  });

  test.each([
    [
      "10.24.0.0/16",
      "192.168.0.0/16",
      'dev.yaml:7 network.podCidr: must lie in 10.0.0.0/8 or 100.64.0.0/10, which AWS allows beside 10.24.0.0/16, got "192.168.0.0/16"',
    ],
    [
      "172.16.0.0/16",
      "10.0.0.0/16",
      'dev.yaml:7 network.podCidr: must lie in 172.16.0.0/12 or 100.64.0.0/10, which AWS allows beside 172.16.0.0/16, got "10.0.0.0/16"',
    ],
    [
      "100.64.0.0/16",
      "10.0.0.0/16",
      'dev.yaml:7 network.podCidr: must lie in 100.64.0.0/10, which AWS allows beside 100.64.0.0/16, got "10.0.0.0/16"',
    ],
    [
      "10.1.0.0/16",
      "10.0.0.0/20",
      'dev.yaml:7 network.podCidr: must not lie in 10.0.0.0/16, which AWS refuses beside 10.1.0.0/16, got "10.0.0.0/20"',
    ],
    [
      "172.16.0.0/16",
      "172.31.0.0/16",
      'dev.yaml:7 network.podCidr: must not lie in 172.31.0.0/16, which AWS refuses beside 172.16.0.0/16, got "172.31.0.0/16"',
    ],
    ["10.2.0.0/16", "10.0.0.0/16", ""],
    ["192.168.0.0/20", "192.168.16.0/20", ""],
    ["100.64.0.0/16", "100.65.0.0/16", ""],
  ])("beside %s is judged as AWS does: %s", (cidr, podCidr, message) => {
    expect(refusal(withPods(podCidr).replace("10.20.0.0/16", cidr))).toBe(message);
  });

  test.each(["100.64.0.0/16", "100.64.0.0/20"])("can be %s", (cidr) => {
    expect(refusal(withPods(cidr))).toBe("");
  });
});

describe("interface endpoints", () => {
  const withEndpoints = (list: string, nat = "single") =>
    withChange("network:", `network:\n  nat: ${nat}\n  interfaceEndpoints: ${list}`);

  test.each([
    [
      "a service that does not exist",
      "[ecr.apo]",
      'dev.yaml:8 network.interfaceEndpoints[0]: must be a service with interface endpoints that the catalogue knows (did you mean "ecr.api"?), got "ecr.apo"; allowed: for example ecr.api, sts, logs',
    ],
    [
      "a service twice",
      "[sts, sts]",
      'dev.yaml:8 network.interfaceEndpoints[1]: must not name a service twice, got "sts"',
    ],
  ])("cannot name %s", (_what, list, message) => {
    expect(refusal(withEndpoints(list))).toBe(message);
  });

  test("cannot name a service that has none in the region", () => {
    const inMexico = (text: string) => text.replaceAll("us-east-1", "mx-central-1");

    expect(refusal(inMexico(withEndpoints("[sts, eks]")))).toBe(
      'dev.yaml:8 network.interfaceEndpoints[1]: must be a service that has an interface endpoint in mx-central-1, got "eks"',
    );
    expect(refusal(inMexico(withEndpoints("[sts]")))).toBe("");
  });

  test("must hold what nodes need where there is no NAT", () => {
    expect(refusal(withEndpoints("[sts, ec2, ecr.api, ecr.dkr]", "none"))).toBe(
      'dev.yaml:8 network.interfaceEndpoints: must name what nodes without NAT need: eks-auth, got ["sts","ec2","ecr.api","ecr.dkr"]; allowed: or leave the list out',
    );
  });

  test.each([
    ["any", "[logs]", "single"],
    ["none", "[]", "per-zone"],
    ["all that nodes need", "[sts, ec2, ecr.api, ecr.dkr, eks-auth]", "none"],
  ])("can name %s", (_what, list, nat) => {
    expect(refusal(withEndpoints(list, nat))).toBe("");
  });
});
