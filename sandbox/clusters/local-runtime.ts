import { findControlPlane, type ProgramSources } from "../../toolchain/control-plane";
import { ControlPlane, endControlPlane } from "../control-plane";
import type { KubernetesRuntime } from "./control-plane-port";

/** Control planes as processes of this machine. */
export function localRuntime(sources: ProgramSources): KubernetesRuntime {
  return {
    version: sources.pins["kube-apiserver"].version,
    findPrograms: async () => (await findControlPlane(sources)).programs,
    start: (settings) => ControlPlane.start(settings),
    endLeftovers: endControlPlane,
  };
}
