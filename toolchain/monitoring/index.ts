export { monitoringPrograms } from "./monitoring-programs";
export type { MonitoringProgramOptions, MonitoringPrograms } from "./programs";
