/**
 * Where a chart comes from. The version is that of the catalogue wherever it comes from.
 *
 * - `upstream`: the repository of the chart's maintainers, as in the catalogue.
 * - `oci-mirror`: a registry that holds the charts under their own names, as companies without a way to the internet keep
 *   one: chart `kueue` is `<address>/kueue`. The credentials are those of the machine that deploys (`helm registry login`).
 * - `folder`: a folder that holds each chart unpacked in a folder of its name. A path that is not absolute starts at the
 *   folder of `cdktf.json`. The chart is copied beside the stack, so that its path is not part of the synthesised JSON.
 */
export type ChartSource =
  | { readonly kind: "upstream" }
  | { readonly kind: "oci-mirror"; readonly address: string }
  | { readonly kind: "folder"; readonly path: string };
