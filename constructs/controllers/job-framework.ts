/**
 * Kinds of jobs that Kueue can hold back and let go. `pod`, `deployment` and `statefulset` are for plain pods and services.
 *
 * @see https://kueue.sigs.k8s.io/docs/tasks/run/
 */
export const JOB_FRAMEWORKS = [
  "batch/job",
  "jobset.x-k8s.io/jobset",
  "trainer.kubeflow.org/trainjob",
  "kubeflow.org/mpijob",
  "kubeflow.org/pytorchjob",
  "kubeflow.org/tfjob",
  "kubeflow.org/jaxjob",
  "kubeflow.org/paddlejob",
  "kubeflow.org/xgboostjob",
  "ray.io/rayjob",
  "ray.io/raycluster",
  "ray.io/rayservice",
  "sparkoperator.k8s.io/sparkapplication",
  "workload.codeflare.dev/appwrapper",
  "leaderworkerset.x-k8s.io/leaderworkerset",
  "pod",
  "deployment",
  "statefulset",
] as const;

/** A kind of job that Kueue knows. */
export type JobFramework = (typeof JOB_FRAMEWORKS)[number];
