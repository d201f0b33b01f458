import { Namespace } from "../../../constructs/kubernetes/namespace";
import { Workload } from "../../../constructs/kubernetes/workload";
import type { WorkloadOptions } from "../../../constructs/kubernetes/workload-options";
import { importedCluster } from "../../support/cluster";
import { synthesizeKubernetes } from "../../support/kubernetes";

const workloadWith = (options: Pick<WorkloadOptions, "run"> & Partial<WorkloadOptions>) =>
  synthesizeKubernetes((stack) => {
    new Workload(stack, "Workload", {
      ...{ name: "embedder", ...options, cluster: importedCluster(stack) },
      container: { image: "registry.example.com/embedder:1.4.0", resources: { cpu: "0.5", memory: "1024Mi" } },
      namespace: Namespace.fromNamespaceName(stack, "Namespace", "serving"),
    });
  });

describe("a job", () => {
  test("runs once, on a node that autoscalers leave alone", () => {
    const out = workloadWith({ run: { kind: "job" } });
    expect(out.resource("kubernetes_job_v1")).toMatchObject({
      metadata: { name: "embedder" },
      wait_for_completion: false,
      spec: {
        backoff_limit: 2,
        completions: 1,
        parallelism: 1,
        pod_failure_policy: {
          rule: [{ action: "Ignore", on_pod_condition: [{ type: "DisruptionTarget", status: "True" }] }],
        },
        template: {
          metadata: {
            annotations: {
              "karpenter.sh/do-not-disrupt": "true",
              "cluster-autoscaler.kubernetes.io/safe-to-evict": "false",
            },
          },
          spec: { restart_policy: "Never" },
        },
      },
    });
    expect(out.counts()).toEqual({ kubernetes_job_v1: 1, kubernetes_service_account_v1: 1 });
  });

  test("passes every choice on", () => {
    const run = { retries: 0, timeoutSeconds: 60, completions: 4, parallelism: 2, waitForCompletion: true } as const;
    const out = workloadWith({ run: { kind: "job", ...run }, movable: true });
    expect(out.resource("kubernetes_job_v1")).toMatchObject({
      wait_for_completion: true,
      spec: { backoff_limit: 0, active_deadline_seconds: 60, completions: 4, parallelism: 2 },
    });
    expect(JSON.stringify(out.json)).not.toContain("do-not-disrupt");
  });

  test("by the clock leaves a run out while another goes on", () => {
    const out = workloadWith({ run: { kind: "cron-job", schedule: "*/15 0-6,18 1 jan mon-fri" } });
    expect(out.resource("kubernetes_cron_job_v1")["spec"]).toMatchObject({
      schedule: "*/15 0-6,18 1 jan mon-fri",
      timezone: "Etc/UTC",
      concurrency_policy: "Forbid",
      starting_deadline_seconds: 600,
      suspend: false,
      successful_jobs_history_limit: 3,
      failed_jobs_history_limit: 3,
      job_template: { spec: { backoff_limit: 2, template: { spec: { restart_policy: "Never" } } } },
    });
  });

  test("by the clock passes every choice on", () => {
    const out = workloadWith({
      run: {
        ...{ kind: "cron-job", schedule: "0 3 * * *", timeZone: "Europe/Berlin", overlap: "replace" },
        ...{ startingDeadlineSeconds: 10, suspended: true, timeoutSeconds: 5 },
      },
    });
    expect(out.resource("kubernetes_cron_job_v1")["spec"]).toMatchObject({
      timezone: "Europe/Berlin",
      concurrency_policy: "Replace",
      starting_deadline_seconds: 10,
      suspend: true,
      job_template: { spec: { active_deadline_seconds: 5 } },
    });
  });
});
