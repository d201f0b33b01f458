import type { NamedSeries } from "../open-metrics";
import type { Labels, TimeRange } from "../prometheus-api";
import { cloudTargets } from "./cloud";
import { gpuTargets } from "./gpu";
import { kubernetesTargets } from "./kubernetes";
import { modelTargets } from "./models";
import { monitoringTargets } from "./monitoring";
import { servingTargets } from "./serving";
import { serviceTargets } from "./services";
import { type Moment, type Sample, seriesKey, Sink } from "./sink";
import type { Faults, Target } from "./target";

export type { Faults, Target } from "./target";

/** Every program of the generated platform. */
export function worldTargets(): readonly Target[] {
  return [
    ...gpuTargets(),
    ...kubernetesTargets(),
    ...servingTargets(),
    ...serviceTargets(),
    ...cloudTargets(),
    ...modelTargets(),
    ...monitoringTargets(),
  ];
}

/** A generated platform that goes through time: the same course at every run, unless something is made wrong. */
export class World {
  private readonly sinks = worldTargets().map((target) => ({ target, sink: new Sink() }));

  /** What all programs say at a moment, each with its target. */
  at(moment: Moment, faults: Faults = {}): readonly { readonly target: Target; readonly samples: readonly Sample[] }[] {
    return this.sinks.map(({ target, sink }) => {
      target.tell(sink, moment, faults);
      return { target, samples: sink.take() };
    });
  }
}

/** All that Prometheus would have stored over a range: the series of all programs and its own about each of them. */
export function worldSeries({ start, end, step }: TimeRange): readonly NamedSeries[] {
  const world = new World();
  const stores = new Map<Target, Map<string, { name: string; labels: Labels; points: [number, number][] }>>();
  for (let time = start; time <= end; time += step) {
    const moment = { time, elapsed: step, hoursAgo: (end - time) / 3600 };
    for (const { target, samples } of world.at(moment)) {
      const store =
        stores.get(target) ?? new Map<string, { name: string; labels: Labels; points: [number, number][] }>();
      stores.set(target, store);
      for (const { name, labels, value } of [...samples, ...ownSamples(target, samples)]) {
        const key = seriesKey(name, labels);
        const known = store.get(key);
        if (known) known.points.push([time, value]);
        else
          store.set(key, { name, labels: { job: target.job, ...target.labels, ...labels }, points: [[time, value]] });
      }
    }
  }
  return [...stores.values()].flatMap((store) => [...store.values()]);
}

/** What Prometheus adds for each target that is there. */
function ownSamples(target: Target, samples: readonly Sample[]): readonly Sample[] {
  if (isSilent(target, samples)) return [];
  const own = {
    up: 1,
    scrape_samples_scraped: samples.length,
    scrape_samples_post_metric_relabeling: samples.length,
    scrape_duration_seconds: 0.004 + samples.length * 2e-5,
  };
  return Object.entries(own).map(([name, value]) => ({ name, labels: {}, value }));
}

/** A pod that is not there yet. */
function isSilent({ labels }: Target, samples: readonly Sample[]): boolean {
  return "model_service" in labels && samples.length === 0;
}
