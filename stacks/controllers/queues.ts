import type { Construct } from "constructs";
import type { EnvironmentConfig, TeamConfig } from "../../config";
import {
  type INamespace,
  JobQueues,
  KueueController,
  type ReplicatedComponentProps,
  type TeamQueueOptions,
  Tracing,
} from "../../constructs";
import type { Namespaces } from "../namespaces";

/** Defines the namespaces of the teams. */
export function defineTeamNamespaces(
  { teams, podRoles, observability }: EnvironmentConfig,
  namespaces: Namespaces,
): Readonly<Record<string, readonly INamespace[]>> {
  const reachOf = (name: string) => {
    const roles = Object.values(podRoles).filter(({ namespace }) => namespace === name);
    const tracePorts = observability.enabled && observability.tracing.enabled ? Tracing.otlpPorts : [];
    return { database: roles.some(({ database }) => database), cache: roles.some(({ cache }) => cache), tracePorts };
  };
  return Object.fromEntries(
    Object.entries(teams).map(([team, config]) => [
      team,
      config.namespaces.map((name) => namespaces.forTeam(team, name, reachOf(name))),
    ]),
  );
}

/** Defines Kueue and the queues of the teams that have a part of a pool; without any, nobody would wait in one. */
export function defineQueues(
  scope: Construct,
  { teams }: EnvironmentConfig,
  teamNamespaces: Readonly<Record<string, readonly INamespace[]>>,
  props: ReplicatedComponentProps,
): void {
  const queued = Object.entries(teams).filter(([, { quotas }]) => Object.keys(quotas).length > 0);
  if (queued.length === 0) return;
  const managedNamespaces = queued.flatMap(([name]) => teamNamespaces[name] ?? []);
  const controller = new KueueController(scope, "Kueue", { ...props, managedNamespaces });
  new JobQueues(scope, "Queues", {
    cluster: props.cluster,
    controller,
    teams: queued.map(([name, team]) => ({
      name,
      namespaces: teamNamespaces[name] ?? [],
      quotas: quotasOf(team),
    })),
  });
}

function quotasOf({ quotas }: TeamConfig): TeamQueueOptions["quotas"] {
  return Object.fromEntries(
    Object.entries(quotas).map(([pool, { borrow, ...own }]) => [pool, borrow ? own : { ...own, borrowingLimit: 0 }]),
  );
}
