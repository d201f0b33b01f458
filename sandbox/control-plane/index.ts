export type { WebhookAddresses } from "./components/context";
export { ControlPlane, type ControlPlaneOptions } from "./control-plane";
export { endControlPlane } from "./end-control-plane";
