/** Things in the order of what they are made of, and those that are made of themselves. */
export interface Order {
  /** Everything, each thing behind all that it is made of, circles aside. */
  readonly order: readonly string[];
  /** Things that are, directly or not, made of themselves: one list for each circle, in the order of the nodes. */
  readonly circles: readonly (readonly string[])[];
}

interface Visit {
  readonly node: string;
  readonly needs: readonly string[];
  next: number;
}

/**
 * Orders things by what they are made of, in time linear in things and needs (Tarjan's strongly connected components, without
 * recursion, so that long chains cannot overflow the stack).
 *
 * @param needs what each thing is made of; what is no key itself is left out
 */
export function orderByNeeds(needs: ReadonlyMap<string, readonly string[]>): Order {
  return new Ordering(needs).run();
}

class Ordering {
  private readonly order: string[] = [];
  private readonly circles: string[][] = [];
  private readonly index = new Map<string, number>();
  private readonly lowest = new Map<string, number>();
  private readonly open: string[] = [];
  private readonly isOpen = new Set<string>();
  private readonly visits: Visit[] = [];

  constructor(private readonly needs: ReadonlyMap<string, readonly string[]>) {}

  run(): Order {
    for (const node of this.needs.keys()) {
      if (!this.index.has(node)) this.enter(node);
      for (let visit = this.visits.at(-1); visit !== undefined; visit = this.visits.at(-1)) this.advance(visit);
    }
    return { order: this.order, circles: this.circles };
  }

  private enter(node: string): void {
    const index = this.index.size;
    this.index.set(node, index);
    this.lowest.set(node, index);
    this.open.push(node);
    this.isOpen.add(node);
    const needs = (this.needs.get(node) ?? []).filter((need) => this.needs.has(need));
    this.visits.push({ node, needs, next: 0 });
  }

  private advance(visit: Visit): void {
    const need = visit.needs[visit.next++];
    if (need === undefined) this.leave(visit);
    else if (!this.index.has(need)) this.enter(need);
    else if (this.isOpen.has(need)) this.lower(visit.node, this.index.get(need));
  }

  private leave({ node, needs }: Visit): void {
    this.visits.pop();
    const lowest = this.lowest.get(node);
    const above = this.visits.at(-1);
    if (above !== undefined) this.lower(above.node, lowest);
    if (lowest !== this.index.get(node)) return;
    const component = this.open.splice(this.open.lastIndexOf(node));
    component.forEach((member) => this.isOpen.delete(member));
    this.order.push(...component.reverse());
    if (component.length > 1 || needs.includes(node)) this.circles.push(component.sort());
  }

  private lower(node: string, to = 0): void {
    this.lowest.set(node, Math.min(this.lowest.get(node) ?? to, to));
  }
}
