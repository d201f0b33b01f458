import type { ControlPlanePaths } from "../control-plane-paths";
import type { ProcessMark } from "../processes/process-identity";

/** The processes of a control plane, in the order they are started in. */
export const COMPONENT_NAMES = ["etcd", "kube-apiserver", "kube-controller-manager", "kube-scheduler", "kwok"] as const;

/** Name of a process of a control plane, and of its program. */
export type ComponentName = (typeof COMPONENT_NAMES)[number];

/** By what the processes of one folder are recognised: an argument that names a file of that folder. */
export function componentMarks(paths: ControlPlanePaths): Readonly<Record<ComponentName, ProcessMark>> {
  const { data, auditLog, kubeconfig } = paths;
  const client = (program: ComponentName): ProcessMark => ({
    program,
    argument: `--kubeconfig=${kubeconfig(program)}`,
  });
  return {
    etcd: { program: "etcd", argument: `--data-dir=${data}` },
    "kube-apiserver": { program: "kube-apiserver", argument: `--audit-log-path=${auditLog}` },
    "kube-controller-manager": client("kube-controller-manager"),
    "kube-scheduler": client("kube-scheduler"),
    kwok: client("kwok"),
  };
}
