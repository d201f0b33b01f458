import type { Graph } from "../engine/graph";
import type { Judged } from "../engine/result";

/** What a run looked at. What lies outside it can neither be unused nor gone. */
export class RunScope {
  /** Ids of the stacks, and names of the files, that were judged. */
  readonly stacks: ReadonlySet<string>;
  /** Stacks of which a plan was judged. */
  readonly plannedStacks: ReadonlySet<string>;
  /** Ids of the rules that were on. */
  readonly rules: ReadonlySet<string>;
  private readonly asked: ReadonlySet<string>;

  /**
   * @param missesObjects whether there are Kubernetes objects that could not be judged, such as those of a chart that was not
   * rendered
   */
  constructor(
    { rules, subjects }: Judged,
    { stacks, objects, changes }: Pick<Graph, "stacks" | "objects" | "changes">,
    missesObjects = false,
  ) {
    this.plannedStacks = new Set(changes.map(({ stack }) => stack));
    this.stacks = new Set([...stacks.map(({ id }) => id), ...objects.map(({ stack }) => stack), ...this.plannedStacks]);
    this.rules = new Set(rules.map(({ id }) => id));
    const complete = {
      resource: subjects.resources > 0,
      object: subjects.objects > 0 && !missesObjects,
      change: subjects.changes > 0,
      environment: !missesObjects,
    };
    this.asked = new Set(rules.filter(({ judges }) => complete[judges]).map(({ id }) => id));
  }

  /** Whether a rule was asked, and about everything of the kind it judges. */
  hasAsked(rule: string): boolean {
    return this.asked.has(rule);
  }

  /** Whether any of the stacks is one of these. */
  hasStack(isIt: (stack: string) => boolean): boolean {
    return [...this.stacks].some(isIt);
  }
}
