import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { z } from "zod";
import type { ObjectReference } from "../../kubernetes/kubernetes-object";

const fileSchema = z.object({
  /** Tells a cluster from an earlier one of the same name. */
  cluster: z.string(),
  objects: z.array(
    z.object({
      apiVersion: z.string(),
      kind: z.string(),
      namespace: z.string().optional(),
      name: z.string(),
      address: z.string().optional(),
    }),
  ),
});

/** An object that was applied. */
export interface AppliedObject extends ObjectReference {
  /**
   * Address of the resource it comes from.
   * @default - not known
   */
  readonly address?: string;
}

/**
 * The objects of one stack that were applied without Terraform, which would remember them in its state. Written before they
 * are applied, so that a run that is killed leaves none unknown.
 */
export class ObjectInventory {
  private readonly file: string;

  /**
   * @param sandboxFolder folder of the sandbox's files
   * @param stack id of the stack
   */
  constructor(sandboxFolder: string, stack: string) {
    this.file = join(sandboxFolder, "objects", `${stack}.json`);
  }

  /** True when anything was applied, whichever cluster to. */
  get exists(): boolean {
    return existsSync(this.file);
  }

  /**
   * The objects in the order in which they were applied; none when they were in another cluster.
   *
   * @param cluster identity of the cluster
   */
  read(cluster: string): readonly AppliedObject[] {
    if (!this.exists) return [];
    const { success, data } = fileSchema.safeParse(JSON.parse(readFileSync(this.file, "utf8")));
    return success && data.cluster === cluster ? data.objects : [];
  }

  /** Replaces the list at once, so that nobody reads half of it. */
  write(cluster: string, objects: readonly AppliedObject[]): void {
    mkdirSync(dirname(this.file), { recursive: true });
    const fresh = `${this.file}.${process.pid}`;
    const list = objects.map(({ apiVersion, kind, namespace, name, address }) => ({
      ...{ apiVersion, kind, namespace, name, address },
    }));
    writeFileSync(fresh, `${JSON.stringify({ cluster, objects: list }, undefined, 1)}\n`);
    renameSync(fresh, this.file);
  }

  /** Forgets the objects: they are gone. */
  remove(): void {
    rmSync(this.file, { force: true });
  }
}
