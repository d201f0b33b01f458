export { withGoNumbers } from "./charts/yaml-tags";
export { identityOf } from "./identity-of";
export { rankOf } from "./object-order";
export { isOfCluster } from "./read-stack";
export { renderStacks } from "./render-stacks";
export type {
  Helm,
  PlainObject,
  RenderedChart,
  RenderedObject,
  Rendering,
  RenderingProblem,
  RenderOptions,
  ResolveReference,
  SynthesizedStack,
} from "./rendering";
export { toYaml } from "./to-yaml";
