import { formatReport, summarise } from "../../bench/report";
import type { Sample } from "../../bench/sample";

const machine = {
  processor: "A processor",
  cores: 2,
  memoryGiB: 8,
  system: "linux 6",
  node: "20.0.0",
  packages: { cdktf: "0.21.0" },
};
const sample = (environments: number, cpuMs: number, synthesisMs: number, peakMiB: number): Sample => ({
  wallMs: 2 * cpuMs,
  cpuMs,
  synthesisMs,
  peakMiB,
  stacks: environments * 3,
  resources: environments * 80,
});

test("a report gives medians, ratios against root imports and the growth", () => {
  const report = summarise(machine, {
    runs: 3,
    repository: [sample(3, 1_400, 300, 150)],
    pools: new Map([
      [1, [sample(1, 1000, 100, 120)]],
      [10, [sample(1, 1000, 200, 120)]],
      [100, [sample(1, 3000, 2000, 220)]],
    ]),
    modules: new Map([
      [1, [sample(1, 900, 100, 120), sample(1, 1000, 100, 120), sample(1, 5000, 100, 120)]],
      [10, [sample(10, 1_500, 500, 130)]],
      [100, [sample(100, 11_000, 5_000, 300)]],
    ]),
    root: new Map([[1, [sample(1, 7000, 100, 960)]]]),
  });

  expect(formatReport(report)).toMatchInlineSnapshot(`
    "A processor, 2 cores, 8 GiB, linux 6, Node 20.0.0
    cdktf 0.21.0
    Medians of 3 runs, variants in turn, each sample a process of its own. Processor time, unless the clock is named.

    Synthesis of every environment of this repository, from the start of the process

    9 stacks, 240 resources: 2.80 s by the clock, 1.40 s of processor time, 150 MiB

    Synthesis of copies of atlas/dev

    environments   stacks   resources     clock   whole process   synthesis alone   per environment   peak memory
               1        3          80    2.00 s          1.00 s            0.10 s            100 ms       120 MiB
              10       30         800    3.00 s          1.50 s            0.50 s             50 ms       130 MiB
             100      300        8000   22.00 s         11.00 s            5.00 s             50 ms       300 MiB

    Synthesis alone grows with the number of environments to the power of 0.85 (1 is linear);
    from 10 environments on, where warming up weighs little, to the power of 1.00.

    Synthesis of atlas/dev with more GPU pools

    pools   stacks   resources    clock   whole process   synthesis alone   per pool   peak memory
        1        3          80   2.00 s          1.00 s            0.10 s     100 ms       120 MiB
       10        3          80   2.00 s          1.00 s            0.20 s      20 ms       120 MiB
      100        3          80   6.00 s          3.00 s            2.00 s      20 ms       220 MiB

    Synthesis alone grows with the number of pools to the power of 0.65;
    from 10 pools on to the power of 1.00.

    Against imports from the provider's root

    environments   whole process   with root imports   ratio    memory   with root imports   ratio
               1          1.00 s              7.00 s   7.0 ×   120 MiB             960 MiB   8.0 ×

    Root imports are the same program, environments and outputs, started with \`--require @cdktf/provider-aws\`: the package root is loaded whole, once, as any \`import { … } from "@cdktf/provider-aws"\` loads it.
    "
  `);
});
