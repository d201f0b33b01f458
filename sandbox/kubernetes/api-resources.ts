import { z } from "zod";
import { KIND_UNKNOWN, KubernetesApiError } from "./api-error";

/** Where the objects of a kind are. */
export interface ApiResource {
  /** Plural name in the path. */
  readonly name: string;
  readonly namespaced: boolean;
}

/** Which kind is meant. */
export interface KindReference {
  readonly apiVersion: string;
  readonly kind: string;
}

const listSchema = z.object({
  resources: z.array(z.object({ name: z.string(), kind: z.string(), namespaced: z.boolean() })),
});

type Resources = ReadonlyMap<string, ApiResource>;

/** The kinds that an API server serves, asked for once per group and version, and again when a kind is missed. */
export class ApiResources {
  private readonly groups = new Map<string, Promise<Resources>>();

  /** @param read GET of a path of the server */
  constructor(private readonly read: (path: string) => Promise<unknown>) {}

  /**
   * Finds the resource of a kind.
   *
   * @throws KubernetesApiError `KindUnknown` when the server does not serve it
   */
  async find({ apiVersion, kind }: KindReference): Promise<ApiResource> {
    const known = this.groups.get(apiVersion);
    const served = await (known ?? this.ask(apiVersion));
    const found = served.get(kind) ?? (known && (await this.ask(apiVersion)).get(kind));
    if (found) return found;
    throw new KubernetesApiError({
      status: 404,
      reason: KIND_UNKNOWN,
      message: `The API server knows no kind \`${kind}\` in \`${apiVersion}\``,
    });
  }

  private ask(apiVersion: string): Promise<Resources> {
    const asked = this.read(groupPath(apiVersion)).then(readResources, (error: unknown) => {
      if (error instanceof KubernetesApiError && error.status === 404) return new Map<string, ApiResource>();
      this.groups.delete(apiVersion);
      throw error;
    });
    this.groups.set(apiVersion, asked);
    return asked;
  }
}

/** Path of a group and version: `/api/v1` for the core, `/apis/<group>/<version>` for the others. */
export function groupPath(apiVersion: string): string {
  return apiVersion.includes("/") ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
}

function readResources(value: unknown): Resources {
  const { resources } = listSchema.parse(value);
  const kinds = resources.filter(({ name }) => !name.includes("/"));
  return new Map(kinds.map(({ name, kind, namespaced }) => [kind, { name, namespaced }]));
}
