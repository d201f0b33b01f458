/**
 * What starts a training run of a model when its data drift or its quality falls: the orchestration implements it.
 *
 * The same alert may come more than once: every five days while it fires, at most a day after another alert of the model joins
 * in, and whenever Alertmanager is not sure that it has sent it, as after a restart. Whoever implements this must answer a
 * repeat with the training of that model that runs or has ended a short while ago, and start no second one.
 */
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
