import { environmentRule } from "../../engine/rule";
import type { Judgement } from "../../engine/rule";
import { allOf, fail, pass } from "../../engine/verdict";
import { isWorkload, usersOf } from "./private/security-group-users";
import { openingOf, opennessOf, shownPorts, trafficOf, TRAFFIC_TYPES } from "../private/security-group-traffic";

const example = (range: string) => ({
  terraform: {
    resource: {
      aws_security_group: { nodes: { vpc_id: "vpc-1", description: "Nodes" } },
      aws_vpc_security_group_ingress_rule: {
        metrics: {
          security_group_id: "${aws_security_group.nodes.id}",
          ip_protocol: "tcp",
          from_port: 9100,
          to_port: 9100,
          cidr_ipv4: range,
        },
      },
      aws_launch_template: { nodes: { vpc_security_group_ids: ["${aws_security_group.nodes.id}"] } },
    },
  },
});

/**
 * Ports with rules of their own (SSH, Remote Desktop, databases, HTTP, all of them) are left to those. Who may reach a load
 * balancer, and through it a workload, is judged at the load balancer.
 */
export const networkNoPathToWorkloads = environmentRule({
  id: "FD-NET-014",
  slug: "network-no-path-to-workloads",
  title: "No workload and no store can be reached from the internet directly",
  severity: "critical",
  packs: ["baseline", "mlops"],
  why: "Nodes, databases and caches answer whoever reaches them: kubelets, exporters and model servers ask for no password.",
  fix: "Let a load balancer's security group in, or ranges of your own, and put the workload behind it.",
  sameAs: { trivy: ["AWS-0107"] },
  judge: ({ graph }) =>
    graph.resourcesOf(...TRAFFIC_TYPES).flatMap((resource): readonly Judgement[] => {
      const traffic = trafficOf(resource).filter(({ direction }) => direction === "ingress");
      const workloads = traffic.length > 0 ? usersOf(resource, graph).filter(isWorkload) : [];
      if (workloads.length === 0) return [];
      const names = [...new Set(workloads.map(({ address }) => address))].join(", ");
      const faults = traffic
        .filter((one) => openingOf(one) === "other")
        .flatMap((one) =>
          one.ranges
            .filter((range) => opennessOf(range, graph) === "world")
            .map((range) =>
              fail(
                `\`${range.path}\` must not let everyone reach ${names} on ${shownPorts(one)}, got ${range.toString()}`,
                {
                  attribute: range.path,
                  key: shownPorts(one),
                },
              ),
            ),
        );
      return [{ subject: resource, verdict: faults.length > 0 ? allOf(faults) : pass() }];
    }),
  examples: { failing: example("0.0.0.0/0"), passing: example("10.24.0.0/16") },
});
