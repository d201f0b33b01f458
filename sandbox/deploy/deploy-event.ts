/** What Terraform is doing to one resource. */
export type ResourceAction = "create" | "update" | "destroy" | "read" | "refresh";

/** Resources that a plan or an apply touches. */
export interface ChangeCounts {
  readonly add: number;
  readonly change: number;
  readonly destroy: number;
}

/** One thing that happened in a deploy, in the order of its happening. */
export type DeployEvent =
  /** Something worth a line that belongs to no stack: a rollback, a wait. */
  | { readonly type: "note"; readonly text: string }
  /** The application is computing the stacks. */
  | { readonly type: "synthesizing" }
  | { readonly type: "initializing"; readonly stack: string }
  /** Terraform compares the stack with what exists. */
  | { readonly type: "planning"; readonly stack: string }
  | ({ readonly type: "planned"; readonly stack: string } & ChangeCounts)
  | {
      readonly type: "resource";
      readonly stack: string;
      /** Address in the stack, e.g. `aws_vpc.Vpc`. */
      readonly address: string;
      readonly action: ResourceAction;
      readonly phase: "started" | "waiting" | "done";
      /**
       * Time so far or in all, as Terraform writes it, e.g. `1m10s`.
       * @default - it has just started
       */
      readonly elapsed?: string;
    }
  /** The stack is as configured. */
  | ({
      readonly type: "applied";
      readonly stack: string;
      /**
       * Charts that could not be rendered, each with the reason.
       * @default - none
       */
      readonly chartsLeftOut?: readonly string[];
    } & ChangeCounts)
  /** All resources of the stack are gone. */
  | { readonly type: "destroyed"; readonly stack: string; readonly destroy: number }
  /** What Terraform reports as an error, whole. */
  | { readonly type: "error"; readonly stack: string; readonly text: string };
