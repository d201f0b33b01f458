/** Labels of a series, its name among them. */
export type Labels = Readonly<Record<string, string>>;

/** A series that a query yields: pairs of seconds since 1970 and value. */
export interface QueriedSeries {
  readonly labels: Labels;
  readonly points: readonly (readonly [seconds: number, value: number])[];
}

/** A stretch of time, in seconds since 1970 and seconds. */
export interface TimeRange {
  readonly start: number;
  readonly end: number;
  readonly step: number;
}

type Pair = readonly [number, string];
interface Answer {
  readonly status: string;
  readonly error?: string;
  readonly data: {
    readonly resultType: "matrix" | "vector" | "scalar" | "string";
    readonly result: readonly { readonly metric: Labels; readonly values?: readonly Pair[]; readonly value?: Pair }[];
  };
}

/** The HTTP API of a Prometheus. */
export class PrometheusApi {
  constructor(readonly address: string) {}

  /**
   * The value of a query over time.
   *
   * @throws Error with the query and what Prometheus says of it
   */
  async range(query: string, { start, end, step }: TimeRange): Promise<readonly QueriedSeries[]> {
    const { data } = await this.ask<Answer>("query_range", { query, start, end, step });
    return data.result.map(({ metric, values = [] }) => ({ labels: metric, points: values.map(toPoint) }));
  }

  /**
   * The value of a query at one moment.
   *
   * @throws Error with the query and what Prometheus says of it
   */
  async instant(query: string, time: number): Promise<readonly QueriedSeries[]> {
    const { data } = await this.ask<Answer>("query", { query, time });
    if (data.resultType === "scalar" || data.resultType === "string") {
      return [{ labels: {}, points: [toPoint(data.result as unknown as Pair)] }];
    }
    return data.result.flatMap(({ metric, value }) => (value ? [{ labels: metric, points: [toPoint(value)] }] : []));
  }

  /** Values of a label among series, sorted. */
  async labelValues(
    label: string,
    selectors: readonly string[],
    { start, end }: TimeRange,
  ): Promise<readonly string[]> {
    const { data } = await this.ask<{ readonly data: readonly string[] }>(`label/${encodeURIComponent(label)}/values`, {
      start,
      end,
      "match[]": selectors,
    });
    return data;
  }

  private async ask<T>(
    path: string,
    values: Readonly<Record<string, string | number | readonly string[]>>,
  ): Promise<T> {
    const body = new URLSearchParams();
    for (const [name, value] of Object.entries(values)) {
      for (const one of Array.isArray(value) ? (value as readonly string[]) : [value]) body.append(name, String(one));
    }
    const get = path.startsWith("label/");
    const response = await fetch(`${this.address}/api/v1/${path}${get ? `?${body.toString()}` : ""}`, {
      ...(get ? {} : { method: "POST", body }),
    });
    const answer = (await response.json()) as { readonly status: string; readonly error?: string };
    if (answer.status !== "success")
      throw new Error(`${String(values["query"] ?? path)}: ${answer.error ?? "no answer"}`);
    return answer as T;
  }
}

function toPoint([seconds, value]: Pair): readonly [number, number] {
  const infinite: Readonly<Record<string, number>> = { "+Inf": Infinity, "-Inf": -Infinity };
  return [seconds, infinite[value] ?? Number(value)];
}
