import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { monitoringReleases } from "../catalog";
import { prometheusRuleFile } from "../constructs/observability/alert-rules";
import { platformDashboards } from "../constructs/observability/dashboards/platform-dashboards";
import type { PlatformDashboard } from "../constructs/observability/dashboards/platform-dashboard";
import { type Host, monitoringPrograms } from "../toolchain";
import { backfillRules, backfillSeries, dataFolder } from "./preview/backfill";
import type { DashboardJson } from "./preview/dashboard-json";
import { dashboardPage } from "./preview/page";
import { PREVIEW_RULES, PREVIEW_SETTINGS, RUNBOOKS } from "./preview/preview-settings";
import { PrometheusApi, type TimeRange } from "./preview/prometheus-api";
import { PrometheusServer } from "./preview/prometheus-server";
import { findChromium, type Shot, takePictures } from "./preview/screenshot";
import { worldSeries } from "./preview/world/world";

/** The generated day ends here, so that every run draws the same: a Wednesday in the middle of a month, 15:00 UTC. */
const NOW = Date.UTC(2026, 10, 18, 15) / 1000;
const HOURS = 24;
const STEP = 60;
const RANGE: TimeRange = { start: NOW - HOURS * 3600, end: NOW, step: STEP };
const PICTURES = resolve(__dirname, "..", "docs", "pictures", "dashboards");

interface Options {
  /** Folder of the pictures. */
  readonly out: string;
  /** Folder of the pages that the pictures are of, each some megabytes. */
  readonly pages: string;
  readonly only?: string;
  readonly prometheus?: string;
}

/** Draws every dashboard, says what is empty, and whether all panels have something to show. */
async function preview({ only, prometheus, ...folders }: Options): Promise<boolean> {
  const dashboards = platformDashboards(PREVIEW_SETTINGS).filter(({ name }) => only === undefined || name === only);
  if (dashboards.length === 0) throw new Error(`There is no dashboard ${only}`);
  for (const folder of Object.values(folders)) mkdirSync(folder, { recursive: true });
  if (prometheus !== undefined) {
    return drawAll(dashboards, { api: new PrometheusApi(prometheus), ...folders, now: Math.floor(Date.now() / 1000) });
  }
  return withGeneratedDay((api) => drawAll(dashboards, { api, ...folders, now: NOW }));
}

/** Starts a Prometheus that holds the generated day, with all rules evaluated over it, and ends it afterwards. */
async function withGeneratedDay<T>(work: (api: PrometheusApi) => Promise<T>): Promise<T> {
  const programs = await monitoringPrograms({ host: host(), releases: monitoringReleases, onProgress: say });
  const folder = mkdtempSync(join(tmpdir(), "flightdeck-dashboards-"));
  try {
    const configuration = join(folder, "prometheus.yml");
    writeFileSync(configuration, "global: {}\n");
    const options = { programs, folder, configuration, range: RANGE };
    const series = worldSeries(RANGE);
    say(`${series.length} series of ${HOURS} hours generated`);
    await backfillSeries("world", series, options);
    const { groups } = prometheusRuleFile(PREVIEW_RULES, { runbooks: RUNBOOKS });
    const rules = groups.flatMap((group) => group.rules);
    await backfillRules(rules, options);
    say(`${rules.length} rules evaluated over them`);
    const program = programs.prometheus;
    const server = await PrometheusServer.start({ program, configuration, data: dataFolder(options) });
    try {
      return await work(server.api);
    } finally {
      await server.stop();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function drawAll(
  dashboards: readonly PlatformDashboard[],
  { api, out, pages, now }: Pick<Options, "out" | "pages"> & { readonly api: PrometheusApi; readonly now: number },
): Promise<boolean> {
  const shots: Shot[] = [];
  const empty: string[] = [];
  for (const { name, json } of dashboards) {
    const page = await dashboardPage(JSON.parse(json) as DashboardJson, api, { now, longest: HOURS * 3600 });
    const file = join(pages, `${name}.html`);
    writeFileSync(file, page.html);
    shots.push({ page: file, picture: join(out, `${name}.png`), height: page.height });
    say(`${file}: ${page.panels} panels`);
    for (const note of page.notes) say(`  ${note}`);
    empty.push(...page.empty.map((title) => `${name}: ${title}`));
  }
  await takeAll(shots);
  if (empty.length > 0) say(`Panels without data:\n  ${empty.join("\n  ")}`);
  return empty.length === 0;
}

async function takeAll(shots: readonly Shot[]): Promise<void> {
  const browser = findChromium(host());
  if (browser === undefined) {
    say(
      "No Chromium on the PATH: the pages are written, pictures are not. On Debian: sudo apt-get install -y chromium",
    );
    return;
  }
  await takePictures(browser, shots);
  for (const { picture } of shots) say(`${picture}: ${Math.round(statSync(picture).size / 1000)} kB`);
}

function host(): Host {
  return { env: process.env, home: homedir(), platform: process.platform, arch: process.arch };
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** Options of the command line: with `--out` both pictures and pages go there. */
function readOptions(): Options {
  const options = { out: { type: "string" }, only: { type: "string" }, prometheus: { type: "string" } } as const;
  const { out = PICTURES, ...others } = parseArgs({ options }).values;
  const pages = out === PICTURES ? join(tmpdir(), "flightdeck-dashboard-pages") : resolve(out);
  return { out: resolve(out), pages, ...others };
}

if (require.main === module) {
  void preview(readOptions()).then((complete) => {
    process.exitCode = complete ? 0 : 1;
  });
}
