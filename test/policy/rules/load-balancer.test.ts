import { lbAccessLogs } from "../../../policy/rules/load-balancer/lb-access-logs";
import { lbDropInvalidHeaders } from "../../../policy/rules/load-balancer/lb-drop-invalid-headers";
import { lbHttps } from "../../../policy/rules/load-balancer/lb-https";
import { lbInternal } from "../../../policy/rules/load-balancer/lb-internal";
import { lbTlsPolicy } from "../../../policy/rules/load-balancer/lb-tls-policy";
import { answersOf } from "./answers-of";

const listener = (about: object) => ({ aws_lb_listener: { main: { protocol: "HTTPS", ...about } } });

describe("listeners", () => {
  test("without a policy take TLS 1.0", () => {
    expect(answersOf(lbTlsPolicy, listener({}))).toEqual([
      "fail: `ssl_policy` must take nothing older than TLS 1.2: without one it is ELBSecurityPolicy-2016-08, which does",
    ]);
  });

  test("with a policy that is newer than the table are not known", () => {
    expect(answersOf(lbTlsPolicy, listener({ ssl_policy: "ELBSecurityPolicy-TLS14-2031-01" }))).toEqual([
      "unknown: `ssl_policy` must take nothing older than TLS 1.2, and ELBSecurityPolicy-TLS14-2031-01 is not in the table of 2026-09-26",
    ]);
  });

  test("of other protocols have no policy", () => {
    expect(answersOf(lbTlsPolicy, listener({ protocol: "TCP" }))).toEqual(["not applicable"]);
  });

  test("that send clients from HTTP to HTTP do not help", () => {
    const action = { type: "redirect", redirect: [{ protocol: "#{protocol}", status_code: "HTTP_301" }] };
    expect(answersOf(lbHttps, listener({ protocol: "HTTP", default_action: [action] }))).toEqual([
      'fail: `default_action[0]` must redirect to HTTPS, got "redirect" to "#{protocol}"',
    ]);
  });
});

describe("load balancers", () => {
  const balancer = (about: Readonly<Record<string, unknown>>, more: Readonly<Record<string, object>> = {}) => ({
    aws_lb: { main: about },
    ...more,
  });

  test("of other types have no headers, or no logs", () => {
    expect(answersOf(lbDropInvalidHeaders, balancer({ load_balancer_type: "network" }))).toEqual(["not applicable"]);
    expect(answersOf(lbAccessLogs, balancer({ load_balancer_type: "gateway" }))).toEqual(["not applicable"]);
  });

  test("of the old type write logs as soon as a bucket is named", () => {
    expect(answersOf(lbAccessLogs, { aws_elb: { main: { access_logs: { bucket: "logs" } } } })).toEqual(["pass"]);
  });

  test("that are public say by their groups who may reach them", () => {
    const group = (range: string) => ({
      aws_security_group: { lb: { description: "Entry" } },
      aws_vpc_security_group_ingress_rule: {
        in: {
          security_group_id: "${aws_security_group.lb.id}",
          ip_protocol: "tcp",
          from_port: 443,
          to_port: 443,
          cidr_ipv4: range,
        },
      },
    });
    const about = { internal: false, security_groups: ["${aws_security_group.lb.id}"] };
    expect(answersOf(lbInternal, balancer(about, group("203.0.113.0/24")))).toEqual(["pass"]);
    expect(answersOf(lbInternal, balancer(about, group("0.0.0.0/0")))).toEqual([
      "fail: `internal` must be true, or its security groups must list who may reach it, got false",
    ]);
    expect(answersOf(lbInternal, balancer({ internal: false, security_groups: ["sg-1"] }))[0]).toMatch(/^fail: /);
  });
});
