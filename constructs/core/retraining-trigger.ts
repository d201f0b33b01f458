/** What starts a training run of a model when its data drift or its quality falls: the orchestration implements it. */
export interface IRetrainingTrigger {
  /** Name by which models ask for it, in kebab-case. */
  readonly triggerName: string;
  /** Address in the cluster that takes the notification of an alert as a POST of Alertmanager's webhook format (version 4). */
  readonly webhookUrl: string;
  /**
   * Where the bearer token for the address stands; undefined: the address asks for none.
   */
  readonly token: RetrainingTokenReference | undefined;
}

/** A key of a Kubernetes secret in the namespace of the monitoring stack. */
export interface RetrainingTokenReference {
  /** Name of the Kubernetes secret. */
  readonly secretName: string;
  /** Key within it. */
  readonly key: string;
}
