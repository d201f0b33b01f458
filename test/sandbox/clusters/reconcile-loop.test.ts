import { ReconcileLoop } from "../../../sandbox/clusters/reconcile-loop";

const RETRY = { first: 100, last: 350 };

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

test("passes do not overlap, and requests during one make one more", async () => {
  let running = 0;
  let passes = 0;
  let release: () => void = () => undefined;
  const loop = new ReconcileLoop({
    pass: async () => {
      expect(++running).toBe(1);
      passes += 1;
      await new Promise<void>((resolve) => (release = resolve));
      running -= 1;
      return undefined;
    },
    retryMs: RETRY,
    onFailure: () => undefined,
  });
  loop.request();
  loop.request();
  loop.request();
  release();
  await jest.advanceTimersByTimeAsync(0);
  expect(passes).toBe(2);
  release();
  await jest.advanceTimersByTimeAsync(1000);
  expect(passes).toBe(2);
  await loop.close();
});

test("a pass that failed is tried again, later each time, and at once when asked", async () => {
  const waits: number[] = [];
  let fails = true;
  let passes = 0;
  const loop = new ReconcileLoop({
    pass: () => {
      passes += 1;
      return fails ? Promise.reject(new RangeError("no")) : Promise.resolve(undefined);
    },
    retryMs: RETRY,
    onFailure: (_error, retryMs) => waits.push(retryMs),
  });
  await loop.settled();
  await jest.advanceTimersByTimeAsync(100 + 200 + 350 + 350);
  expect(waits).toEqual([100, 200, 350, 350, 350]);
  fails = false;
  await loop.settled();
  expect(passes).toBe(6);
  fails = true;
  await loop.settled();
  expect(waits.at(-1)).toBe(100);
  await loop.close();
});

test("another pass comes when the last one said so", async () => {
  let passes = 0;
  const loop = new ReconcileLoop({
    pass: () => Promise.resolve(++passes < 3 ? 1000 : undefined),
    retryMs: RETRY,
    onFailure: () => undefined,
  });
  await loop.settled();
  await jest.advanceTimersByTimeAsync(999);
  expect(passes).toBe(1);
  await jest.advanceTimersByTimeAsync(5000);
  expect(passes).toBe(3);
  await loop.close();
});

test("after closing nothing runs, and nobody waits for ever", async () => {
  let passes = 0;
  const loop = new ReconcileLoop({
    pass: () => Promise.resolve(++passes),
    retryMs: RETRY,
    onFailure: () => undefined,
  });
  const waiting = loop.settled();
  await loop.close();
  await waiting;
  await loop.settled();
  loop.request();
  await jest.advanceTimersByTimeAsync(1000);
  expect(passes).toBe(1);
});
