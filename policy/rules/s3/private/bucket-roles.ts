import type { Graph } from "../../../engine/graph";
import type { Resource } from "../../../engine/subject";
import type { Value } from "../../../engine/value";

interface Roles {
  readonly logTargets: ReadonlySet<Resource>;
  readonly replicas: ReadonlySet<Resource>;
  /** ARNs of replicas that are written out. */
  readonly replicaArns: ReadonlySet<unknown>;
}

/** Where logs are sent to buckets: type and argument. */
const LOG_SENDERS = [
  ["aws_s3_bucket_logging", "target_bucket"],
  ["aws_s3_bucket", "logging.target_bucket"],
  ["aws_lb", "access_logs.bucket"],
  ["aws_alb", "access_logs.bucket"],
  ["aws_elb", "access_logs.bucket"],
] as const;

/** Roles are found once for each graph, so that asking for every bucket stays linear. */
const known = new WeakMap<Graph, Roles>();

/** Whether access logs of buckets or load balancers are delivered to this bucket. */
export function receivesLogs(bucket: Resource, graph: Graph): boolean {
  return (
    rolesOf(graph).logTargets.has(bucket) ||
    LOG_SENDERS.some(([type, argument]) => graph.linked(bucket, type, argument).length > 0)
  );
}

/** Whether another bucket is replicated into this one. */
export function isReplica(bucket: Resource, graph: Graph): boolean {
  const { replicas, replicaArns } = rolesOf(graph);
  return replicas.has(bucket) || replicaArns.has(`arn:aws:s3:::${bucket.at("bucket").text}`);
}

/** Whether name, tags or path of a bucket say that models are kept in it. */
export function holdsModels(bucket: Resource): boolean {
  const tags = bucket.at("tags");
  const texts = [
    bucket.name,
    bucket.path,
    bucket.at("bucket").text,
    bucket.at("bucket_prefix").text,
    ...tags.keys.map((key) => tags.at([key]).text),
  ];
  return texts.some((text) => wordsOf(text ?? "").some((word) => word === "model" || word === "models"));
}

/** The buckets that a value refers to, also through a resource of the bucket such as its policy. */
export function bucketsBehind(value: Value, graph: Graph): readonly Resource[] {
  return graph
    .targets(value)
    .flatMap((target) => (target.type === "aws_s3_bucket" ? [target] : graph.targets(target.at("bucket"))))
    .filter(({ type }) => type === "aws_s3_bucket");
}

function rolesOf(graph: Graph): Roles {
  const found = known.get(graph);
  if (found) return found;
  const behind = (values: readonly Value[]): ReadonlySet<Resource> =>
    new Set(values.flatMap((value) => bucketsBehind(value, graph)));
  const each = (type: string, path: string): readonly Value[] =>
    graph.resourcesOf(type).flatMap((resource) => resource.each(path));
  const destinations = each("aws_s3_bucket_replication_configuration", "rule.destination.bucket");
  const roles = {
    logTargets: behind(LOG_SENDERS.flatMap(([type, argument]) => each(type, argument))),
    replicas: behind(destinations),
    replicaArns: new Set(destinations.map(({ literal }) => literal)),
  };
  known.set(graph, roles);
  return roles;
}

function wordsOf(text: string): readonly string[] {
  return text
    .replace(/([a-z])([A-Z])/g, "$1 $2")
    .toLowerCase()
    .split(/[^a-z]+/);
}
