import { objectRule } from "../../engine/rule";
import type { KubernetesObject } from "../../engine/subject";
import type { Value } from "../../engine/value";
import type { Verdict } from "../../engine/verdict";
import { fail, notApplicable, pass, unknown } from "../../engine/verdict";
import { isWorldRange } from "../private/security-group-traffic";

const service = (about: object, annotations: object = {}) => ({
  objects: [
    {
      apiVersion: "v1",
      kind: "Service",
      metadata: { name: "router", namespace: "serving", annotations },
      spec: { type: "LoadBalancer", ports: [{ port: 443 }], ...about },
    },
  ],
});
const INTERNAL = { "service.beta.kubernetes.io/aws-load-balancer-scheme": "internal" };

/** A list of addresses that may reach it makes a public one pass. Ingresses are those of the AWS Load Balancer Controller. */
export const networkServicesNotPublic = objectRule({
  id: "FD-NET-015",
  slug: "network-services-not-public",
  title: "Services and ingresses are not on the internet, or say who may reach them",
  severity: "high",
  packs: ["baseline", "mlops", "cis-eks"],
  why: "A model server, a notebook or a tracking server then answers everyone, and few of them ask for a password.",
  fix: "Set the scheme `internal`, or list the ranges of addresses that may reach it.",
  kinds: ["Service", "Ingress"],
  judge: (object) => (object.kind === "Service" ? judgeService(object) : judgeIngress(object)),
  examples: {
    failing: service({}),
    passing: service({ loadBalancerClass: "service.k8s.aws/nlb" }, INTERNAL),
    unknown: service({}, { "service.beta.kubernetes.io/aws-load-balancer-scheme": "${var.scheme}" }),
  },
});

const SERVICE_PREFIX = "service.beta.kubernetes.io/";
const INGRESS_PREFIX = "alb.ingress.kubernetes.io/";

function annotation(object: KubernetesObject, name: string): Value {
  return object.at(["metadata", "annotations", name]);
}

/** The controller in the cloud provider makes public ones unless told otherwise, the AWS Load Balancer Controller internal ones. */
function judgeService(service: KubernetesObject): Verdict {
  if (service.at("spec.type").literal !== "LoadBalancer") return notApplicable();
  const scheme = annotation(service, `${SERVICE_PREFIX}aws-load-balancer-scheme`);
  const type = annotation(service, `${SERVICE_PREFIX}aws-load-balancer-type`);
  const old = annotation(service, `${SERVICE_PREFIX}aws-load-balancer-internal`);
  const byController =
    service.at("spec.loadBalancerClass").literal === "service.k8s.aws/nlb" ||
    ["external", "nlb-ip"].includes(String(type.literal));
  if (scheme.literal === "internal" || old.boolean === true || old.literal === "0.0.0.0/0") return pass();
  const ranges = [
    ...service.each("spec.loadBalancerSourceRanges"),
    ...listed(annotation(service, `${SERVICE_PREFIX}load-balancer-source-ranges`)),
  ];
  if (byController && scheme.absent) return pass();
  return judgeOpen(scheme.absent ? "`spec.type` LoadBalancer" : `\`${scheme.path}\` internet-facing`, scheme, ranges);
}

function judgeIngress(ingress: KubernetesObject): Verdict {
  const scheme = annotation(ingress, `${INGRESS_PREFIX}scheme`);
  if (scheme.absent || scheme.literal === "internal") return scheme.absent ? notApplicable() : pass();
  const lists = [`${INGRESS_PREFIX}security-groups`, `${INGRESS_PREFIX}security-group-prefix-lists`];
  if (lists.some((name) => !annotation(ingress, name).absent)) return pass();
  return judgeOpen(
    `\`${scheme.path}\` internet-facing`,
    scheme,
    listed(annotation(ingress, `${INGRESS_PREFIX}inbound-cidrs`)),
  );
}

function judgeOpen(what: string, scheme: Value, ranges: readonly (Value | string)[]): Verdict {
  const about = { attribute: scheme.absent ? "spec.type" : scheme.path };
  if (scheme.unknown)
    return unknown(`\`${scheme.path}\` must be internal, and is known only after apply: ${scheme.toString()}`, about);
  const texts = ranges.map((range) => (typeof range === "string" ? range : String(range.literal ?? "")));
  const open = texts.find(isWorldRange);
  if (texts.length > 0 && open === undefined) return pass();
  return fail(
    `${what} must not be open to everyone: ${open === undefined ? "no ranges of addresses are listed" : `it lets ${open} in`}`,
    about,
  );
}

function listed(value: Value): readonly string[] {
  return value.text?.split(",").map((range) => range.trim()) ?? [];
}
