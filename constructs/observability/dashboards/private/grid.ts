/** Columns of Grafana's grid. */
export const COLUMNS = 24;
