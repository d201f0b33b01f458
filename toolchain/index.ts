export type { EnvironmentVariables } from "./environment";
export { ToolchainError } from "./toolchain-error";
export { cacheFolder } from "./host";
export type { Host } from "./host";
export type { ToolCheck } from "./tool-check";
export { checkTerraform } from "./terraform-check";
export type { TerraformTool } from "./terraform-check";
export { checkPython } from "./python-check";
export { findProviderMirror } from "./provider-mirror";
export type { ProviderMirror, ProviderRelease } from "./provider-mirror";
export { fetchProviderPackages, mirrorOf } from "./provider-packages";
export { writeTerraformCliConfig } from "./terraform-cli-config";
export type { ProviderSource } from "./terraform-cli-config";
export { ensureVirtualEnvironment } from "./virtual-environment";
export type { VirtualEnvironment } from "./virtual-environment";
export { examine } from "./doctor";
export {
  checkControlPlane,
  downloadControlPlane,
  ensureControlPlane,
  findControlPlane,
  findHelm,
} from "./control-plane";
export { programFolder } from "./control-plane";
export type {
  ControlPlaneFindings,
  ControlPlaneProgram,
  ControlPlanePrograms,
  EnsureOptions,
  EnsureReport,
  FailedDownload,
  FoundProgram,
  OnProgramProgress,
  PassedOverProgram,
  PinnedProgram,
  ProgramPins,
  ProgramProgress,
  ProgramSources,
} from "./control-plane";
export { monitoringPrograms } from "./monitoring";
export type { MonitoringProgramOptions, MonitoringPrograms } from "./monitoring";
