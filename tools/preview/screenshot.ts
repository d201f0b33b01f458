import { chromium } from "playwright-core";
import type { Host } from "../../toolchain";
import { findExecutable } from "../../toolchain/find-executable";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "/usr/bin/chromium"];

/** Pixels of a picture for each of the page: letters can still be read, and files stay small. */
const SCALE = 0.75;

/** The Chromium of this machine; undefined: there is none. */
export function findChromium({ env }: Pick<Host, "env">): string | undefined {
  return NAMES.map((name) => findExecutable(name, env)).find((path) => path !== undefined);
}

/** A page and where its picture is put. */
export interface Shot {
  /** Path of the HTML. */
  readonly page: string;
  readonly picture: string;
  readonly height: number;
}

/** Takes pictures of pages that ask for nothing from elsewhere. */
export async function takePictures(program: string, shots: readonly Shot[]): Promise<void> {
  const browser = await chromium.launch({ executablePath: program, args: ["--no-sandbox", "--disable-gpu"] });
  try {
    const page = await browser.newPage({ viewport: { width: 1600, height: 900 }, deviceScaleFactor: SCALE });
    for (const shot of shots) {
      await page.setViewportSize({ width: 1600, height: shot.height });
      await page.goto(`file://${shot.page}`);
      await page.screenshot({ path: shot.picture, fullPage: true, animations: "disabled" });
    }
  } finally {
    await browser.close();
  }
}
