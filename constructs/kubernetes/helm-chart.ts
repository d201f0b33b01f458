import { Release } from "@cdktf/provider-helm/lib/release";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { type Chart, type ChartName, chartNames, nearestName, tryFindChart } from "../../catalog";
import { PropChecks } from "../core/prop-checks";
import type { ChartSource } from "./chart-source";
import { chartLocation, sourceProblems } from "./private/chart-location";
import { chartValueProblems } from "./private/chart-values";
import { checkRelease } from "./private/release-checks";
import { secretProblems } from "./private/secret-values";
import { unprintableValues, valuesJson } from "./private/values-json";

/** A release of a chart, for those who wait for it. */
export interface IHelmChart {
  /** Name of the release. */
  readonly releaseName: string;
  /** Namespace of the release. */
  readonly namespaceName: string;
  /** What must stand before the release can be used. */
  readonly resource: ITerraformDependable;
}

/** What a `HelmChart` is made of. */
export interface HelmChartProps {
  /** Name of the chart in the catalogue, which knows its version and its keys. */
  readonly chart: ChartName;
  /**
   * Name of the release, unique in its namespace, up to 53 characters.
   *
   * @default - the name of the chart
   */
  readonly releaseName?: string;
  /** Name of the namespace it is installed in: plain text. */
  readonly namespace: string;
  /**
   * Whether Helm makes the namespace. It would have neither labels nor quotas, and stay when the release goes.
   *
   * @default false
   */
  readonly createNamespace?: boolean;
  /**
   * Values of the chart. Each key must exist in the chart and hold what the chart takes; references to text are allowed,
   * secrets are not. `null` takes a default of the chart away.
   *
   * @default - the chart's own
   */
  readonly values?: Readonly<Record<string, unknown>>;
  /**
   * Where the chart comes from.
   *
   * @default - upstream: the repository of its maintainers
   */
  readonly source?: ChartSource;
  /**
   * Kubernetes minor version of the cluster, such as `1.36`: refused when it is older than the chart takes.
   *
   * @default - not checked
   */
  readonly kubernetesVersion?: string;
  /**
   * Longest time for one operation of Helm, 1 to 3600 seconds. A chart whose pods wait for new GPU nodes needs more than
   * one whose pods start on nodes that run.
   *
   * @default 600
   */
  readonly timeoutSeconds?: number;
  /**
   * Whether a release that fails is taken back: removed when it is new, else put back to what it was. Needs `wait`.
   *
   * @default true
   */
  readonly atomic?: boolean;
  /**
   * Whether the release counts as done only when its pods are ready.
   *
   * @default true
   */
  readonly wait?: boolean;
  /**
   * Whether the custom resource definitions in the chart's folder `crds` are left out, for charts whose definitions come
   * from a chart of their own. Helm installs that folder once and never upgrades it.
   *
   * @default false
   */
  readonly skipCrds?: boolean;
  /**
   * What must stand before the release.
   *
   * @default - nothing but what its values refer to
   */
  readonly dependsOn?: readonly ITerraformDependable[];
}

/**
 * A release of a chart of the catalogue, at the catalogue's version: another version is a change of the catalogue, since
 * keys come and go between versions. What the chart does not know is refused at synthesis with the nearest thing that it does.
 *
 * @example
 * const metrics = new HelmChart(this, "MetricsServer", {
 *   chart: "metrics-server",
 *   namespace: "kube-system",
 *   values: { replicas: 2 },
 * });
 */
export class HelmChart extends Construct implements IHelmChart {
  readonly releaseName: string;
  readonly namespaceName: string;
  /** Version of the chart. */
  readonly chartVersion: string;
  /** The release. */
  readonly resource: Release;

  /** @throws ValidationError `INVALID_HELM_CHART_PROPS`, with every problem of the chart's name, source and values at once */
  constructor(scope: Construct, id: string, props: HelmChartProps) {
    super(scope, id);
    const { values = {}, source = { kind: "upstream" }, releaseName = props.chart, namespace } = props;
    const { timeoutSeconds = 600, wait = true, atomic = wait } = props;

    const chart = this.validateProps({ ...props, values, source, releaseName, timeoutSeconds, wait, atomic });

    const location = chartLocation(this, chart, source);
    this.resource = new Release(this, "Resource", {
      name: releaseName,
      namespace,
      createNamespace: props.createNamespace ?? false,
      ...location,
      values: [valuesJson(values)],
      timeout: timeoutSeconds,
      atomic,
      cleanupOnFail: true,
      wait,
      skipCrds: props.skipCrds ?? false,
      maxHistory: RELEASES_KEPT,
      dependsOn: props.dependsOn && [...props.dependsOn],
    });

    this.releaseName = releaseName;
    this.namespaceName = namespace;
    this.chartVersion = chart.version;
  }

  private validateProps(props: CompleteProps): Chart {
    const { chart: name, values, source, releaseName, namespace, timeoutSeconds, atomic, wait } = props;
    const checks = new PropChecks(this, "INVALID_HELM_CHART_PROPS");
    const chart = tryFindChart(name);
    const nearest = nearestName(name, chartNames());
    const hint = nearest === undefined ? "" : `, such as ${nearest}`;
    checks.require(chart !== undefined, "chart", `must be a chart of the catalogue${hint}`, name);
    checkRelease(checks, { nameProp: "releaseName", name: releaseName, namespace, timeoutSeconds });
    checks.require(wait || !atomic, "atomic", "must be false without `wait`: only what is waited for can fail", atomic);
    if (chart !== undefined) checkKubernetes(checks, chart, props.kubernetesVersion);

    const problems = [
      ...sourceProblems(this, chart, source),
      ...unprintableValues(values, "values"),
      ...(chart === undefined ? [] : chartValueProblems(chart, values)),
      ...secretProblems(values, "values"),
    ].map((problem) => ("path" in problem ? { ...problem, prop: problem.path } : problem));
    problems.forEach(({ prop, rule, got }) => checks.require(false, prop, rule, got));
    checks.throwIfAny();
    return chart as Chart;
  }
}

type Defaulted = "values" | "source" | "releaseName" | "timeoutSeconds" | "wait" | "atomic";
type CompleteProps = HelmChartProps & Required<Pick<HelmChartProps, Defaulted>>;

/** Releases that Helm keeps to go back to: each is a secret of the cluster. */
const RELEASES_KEPT = 5;

function checkKubernetes(checks: PropChecks, chart: Chart, version: string | undefined): void {
  const { oldestKubernetes } = chart;
  if (version === undefined || oldestKubernetes === undefined) return;
  const rule = `must be at least ${oldestKubernetes}, the oldest that ${chart.name} ${chart.version} takes`;
  checks.require(compareMinors(version, oldestKubernetes) >= 0, "kubernetesVersion", rule, version);
}

/** Compares versions `<major>.<minor>`, more parts ignored. */
function compareMinors(one: string, other: string): number {
  const [major = 0, minor = 0] = one.split(".").map(Number);
  const [otherMajor = 0, otherMinor = 0] = other.split(".").map(Number);
  return major - otherMajor || minor - otherMinor;
}
