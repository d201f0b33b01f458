import type { ProgramRelease } from "../releases/program-release";

/** Programs that a control plane is made of, in the order in which they are built. */
export const CONTROL_PLANE_PROGRAMS = [
  "etcd",
  "kube-apiserver",
  "kube-scheduler",
  "kube-controller-manager",
  "kwok",
] as const;

/** A program of the control plane. */
export type ControlPlaneProgram = (typeof CONTROL_PLANE_PROGRAMS)[number];

/** A program that is pinned: one of the control plane, or `helm`, which reads charts. */
export type PinnedProgram = ControlPlaneProgram | "helm";

/** How a program is pinned, published and built. `{version}`, `{major}`, `{minor}`, `{os}`, `{arch}` are filled in. */
export interface ProgramPin {
  /** As in `1.36.3`. */
  readonly version: string;
  /** Go package of its `main`. */
  readonly package: string;
  /** Values that the linker sets, by variable. */
  readonly linkerValues: Readonly<Record<string, string>>;
  readonly release: ProgramRelease & {
    /**
     * Path of the program in the archive.
     * @default - the address is that of the program itself
     */
    readonly member?: string;
  };
}

/** The pins of all programs. */
export type ProgramPins = Readonly<Record<PinnedProgram, ProgramPin>>;

/** A whole control plane: absolute paths. */
export interface ControlPlanePrograms {
  readonly etcd: string;
  readonly kubeApiserver: string;
  readonly kubeScheduler: string;
  readonly kubeControllerManager: string;
  readonly kwok: string;
}

/** @returns undefined unless all programs are there */
export function wholeControlPlane(
  paths: Readonly<Partial<Record<PinnedProgram, string>>>,
): ControlPlanePrograms | undefined {
  const { etcd, kwok } = paths;
  const { "kube-apiserver": kubeApiserver, "kube-scheduler": kubeScheduler } = paths;
  const { "kube-controller-manager": kubeControllerManager } = paths;
  if (!etcd || !kwok || !kubeApiserver || !kubeScheduler || !kubeControllerManager) return undefined;
  return { etcd, kubeApiserver, kubeScheduler, kubeControllerManager, kwok };
}
