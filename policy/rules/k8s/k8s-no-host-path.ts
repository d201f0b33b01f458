import { must } from "../../engine/expect";
import { WORKLOAD_KINDS } from "../../engine/pod-spec";
import { objectRule } from "../../engine/rule";
import { fail, notApplicable, pass } from "../../engine/verdict";
import { job } from "./private/example-objects";
import { isRuntimeSocket, judgeVolumes } from "./private/workloads";

/** Where kubelet and device plugins find each other's sockets. */
const DEVICE_PLUGINS = "/var/lib/kubelet/device-plugins";

/** The socket of the runtime is another rule's finding. A device plugin cannot work without the folder of its sockets. */
export const k8sNoHostPath = objectRule({
  id: "FD-K8S-021",
  slug: "k8s-no-host-path",
  title: "No pod mounts a folder of its node",
  severity: "medium",
  packs: ["baseline", "cis-eks"],
  why: "A folder of the node is shared with everything there, and one such as `/etc` or `/var/lib/kubelet` holds the keys to it. What is written to it stays behind when the pod moves. Only `/var/lib/kubelet/device-plugins` in a DaemonSet is let through: no device plugin works without it.",
  fix: "Use an `emptyDir`, a claim or the CSI driver of S3 instead.",
  sameAs: { trivy: ["KSV-0023"] },
  kinds: WORKLOAD_KINDS,
  judge: (workload) =>
    judgeVolumes(workload, (volume) => {
      const host = volume.at("hostPath");
      if (isRuntimeSocket(host.at("path").text ?? "")) return notApplicable();
      if (host.unknown) return must(host, () => false, "must not be set");
      if (host.absent) return pass();
      if (workload.kind === "DaemonSet" && host.at("path").literal === DEVICE_PLUGINS) return pass();
      const got = host.at("path").toString();
      return fail(`\`${host.path}\` must not be set, got ${got}`, { attribute: host.path, key: `Path::${got}` });
    }),
  examples: {
    failing: { objects: [job({ pod: { volumes: [{ name: "data", hostPath: { path: "/mnt/data" } }] } })] },
    passing: { objects: [job({ pod: { volumes: [{ name: "data", emptyDir: {} }] } })] },
  },
});
