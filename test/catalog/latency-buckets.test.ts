import { latencyBound, latencyBuckets, type LatencyEngine } from "../../catalog";

const ENGINES: readonly LatencyEngine[] = ["vllm", "kserve", "triton", "ray-serve", "fastapi"];

describe("buckets of latency", () => {
  test.each(ENGINES)("of %s ascend, and each is found by its seconds", (engine) => {
    const buckets = latencyBuckets(engine);

    expect(buckets).toEqual([...buckets].sort((a, b) => a - b));
    expect(buckets.map((seconds) => latencyBound(engine, seconds))).not.toContain(undefined);
  });

  test("are seconds where the engine counts milliseconds", () => {
    expect(latencyBuckets("triton")).toEqual([0.1, 0.5, 2, 5]);
    expect(latencyBound("ray-serve", 0.3)).toBe(300);
    expect(latencyBound("vllm", 2.5)).toBe(2.5);
  });

  test("refuse a latency that cannot be measured", () => {
    expect(() => latencyBound("vllm", 3)).toThrow('unknown bucket of vllm "3"');
  });
});
