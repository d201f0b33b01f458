/** Label of the config maps whose files Grafana takes for dashboards. */
export const DASHBOARD_LABEL = { name: "grafana_dashboard", value: "1" } as const;

/** Annotation of such a config map: the folder its dashboards appear in. */
export const FOLDER_ANNOTATION = "grafana_folder";

/** Folder in the pod that the files of the config maps are written to. */
export const DASHBOARD_FOLDER = "/var/lib/grafana-dashboards";
