import { type EChartsOption, init } from "echarts";

/** Size of a drawing in pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Draws a chart as the text of an SVG, without a browser. */
export function chartSvg(option: EChartsOption, { width, height }: Size): string {
  const chart = init(null, null, { renderer: "svg", ssr: true, width, height });
  try {
    chart.setOption({ animation: false, ...option });
    return chart.renderToSVGString();
  } finally {
    chart.dispose();
  }
}

/** Text as HTML may hold it. */
export function html(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}
