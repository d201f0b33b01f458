export type { ResourceCount, StackEdge, StackGraph, StackJson, StackNode } from "./stack-graph";
export { readStackGraph } from "./stack-graph";
export { toDot } from "./to-dot";
export { toSvg } from "./to-svg";
