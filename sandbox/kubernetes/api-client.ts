import { z } from "zod";
import type { ApiConnection } from "./api-connection";
import { KIND_UNKNOWN, KubernetesApiError } from "./api-error";
import { ApiResources, groupPath } from "./api-resources";
import type { KindReference } from "./api-resources";
import { ApiTransport } from "./api-transport";
import type { KubernetesObject, ObjectReference } from "./kubernetes-object";

/** Which objects of a kind are listed. */
export interface ListOptions {
  /** @default - all namespaces */
  readonly namespace?: string;
  /** @default - all labels */
  readonly labelSelector?: string;
}

/** How an object is applied. */
export interface ApplyOptions {
  /** Owner of the fields that the object names. */
  readonly fieldManager: string;
  /**
   * Take over fields that another manager owns.
   * @default false
   */
  readonly force?: boolean;
  /**
   * Judge only, store nothing.
   * @default false
   */
  readonly dryRun?: boolean;
  /**
   * What becomes of fields that the kind does not have.
   * @default "Strict"
   */
  readonly fieldValidation?: "Strict" | "Warn" | "Ignore";
}

/** How an object is deleted. */
export interface DeleteObjectOptions {
  /** @default - the object's own */
  readonly gracePeriodSeconds?: number;
}

/** Settings of the client. */
export interface KubernetesApiOptions {
  /**
   * Milliseconds until a request without an answer fails.
   * @default 30000
   */
  readonly timeoutMs?: number;
}

const DEFAULT_TIMEOUT_MS = 30_000;
const PAGE = 500;

const pageSchema = z.object({
  items: z.array(z.looseObject({ metadata: z.looseObject({ name: z.string() }) })),
  metadata: z.object({ continue: z.string().optional() }).optional(),
});

/**
 * Client of a Kubernetes API server, for any kind that the server serves.
 *
 * @example
 * const api = new KubernetesApi(connection);
 * await api.apply(object, { fieldManager: "flightdeck" });
 * api.close();
 */
export class KubernetesApi {
  private readonly transport: ApiTransport;
  private readonly resources: ApiResources;

  /**
   * @param connection how the server is reached, and as whom
   * @param options the time a request may take
   */
  constructor(connection: ApiConnection, { timeoutMs = DEFAULT_TIMEOUT_MS }: KubernetesApiOptions = {}) {
    this.transport = new ApiTransport(connection, timeoutMs);
    this.resources = new ApiResources((path) => this.request("GET", path));
  }

  /**
   * Reads an object.
   *
   * @returns undefined when there is none
   * @throws KubernetesApiError for every other refusal, `KindUnknown` for a kind that the server does not serve
   */
  async get(reference: ObjectReference): Promise<KubernetesObject | undefined> {
    const path = await this.pathOf(reference);
    try {
      return (await this.request("GET", path)) as KubernetesObject;
    } catch (error) {
      if (isNotFound(error)) return undefined;
      throw error;
    }
  }

  /**
   * Lists the objects of a kind, each with its `apiVersion` and `kind`.
   *
   * @throws KubernetesApiError as the server refuses
   */
  async list(
    apiVersion: string,
    kind: string,
    { namespace, labelSelector }: ListOptions = {},
  ): Promise<KubernetesObject[]> {
    const path = await this.collectionPath({ apiVersion, kind }, namespace);
    const objects: KubernetesObject[] = [];
    let next: string | undefined;
    do {
      const query = queryOf({ limit: PAGE, labelSelector, continue: next });
      const { items, metadata } = pageSchema.parse(await this.request("GET", path + query));
      objects.push(...items.map((item): KubernetesObject => ({ ...item, apiVersion, kind })));
      next = metadata?.continue;
    } while (next);
    return objects;
  }

  /**
   * Creates an object.
   *
   * @throws KubernetesApiError `AlreadyExists`, or as the server refuses
   */
  async create(object: KubernetesObject): Promise<KubernetesObject> {
    const path = await this.collectionPath(object, object.metadata.namespace);
    return (await this.request("POST", `${path}?fieldValidation=Strict`, object)) as KubernetesObject;
  }

  /**
   * Brings the fields that the object names to what it says, server-side.
   *
   * @returns the object as the server has it now
   * @throws KubernetesApiError `Conflict` for fields of another manager, or as the server refuses
   */
  async apply(object: KubernetesObject, options: ApplyOptions): Promise<KubernetesObject> {
    return this.sendApply(await this.pathOf(referenceOf(object)), object, options);
  }

  /**
   * Brings the status of an object to what it says, server-side.
   *
   * @throws KubernetesApiError as the server refuses
   */
  async applyStatus(object: KubernetesObject, options: ApplyOptions): Promise<KubernetesObject> {
    return this.sendApply(`${await this.pathOf(referenceOf(object))}/status`, object, options);
  }

  /**
   * Changes the fields that the patch names; null removes one.
   *
   * @throws KubernetesApiError as the server refuses
   */
  async mergePatch(
    reference: ObjectReference,
    patch: Readonly<Record<string, unknown>>,
    { subresource }: { readonly subresource?: string } = {},
  ): Promise<KubernetesObject> {
    const path = await this.pathOf(reference);
    return (await this.transport.send({
      method: "PATCH",
      path: subresource ? `${path}/${subresource}` : path,
      body: patch,
      contentType: "application/merge-patch+json",
    })) as KubernetesObject;
  }

  /**
   * Deletes an object, and in the background what it owns.
   *
   * @returns false when there was none
   * @throws KubernetesApiError as the server refuses
   */
  async delete(reference: ObjectReference, { gracePeriodSeconds }: DeleteObjectOptions = {}): Promise<boolean> {
    const path = await this.pathOf(reference);
    const grace = gracePeriodSeconds === undefined ? {} : { gracePeriodSeconds };
    try {
      await this.request("DELETE", path, {
        apiVersion: "v1",
        kind: "DeleteOptions",
        propagationPolicy: "Background",
        ...grace,
      });
      return true;
    } catch (error) {
      if (isNotFound(error)) return false;
      throw error;
    }
  }

  /**
   * Sends any request.
   *
   * @param method e.g. `GET`
   * @param path with its query, e.g. `/version`
   * @param body JSON value
   * @returns the answer's JSON, or its text where it is none
   * @throws KubernetesApiError for every answer but success, and `Unreachable` for none
   */
  request(method: string, path: string, body?: unknown): Promise<unknown> {
    return this.transport.send({ method, path, body });
  }

  /** True when the server says of itself that it is ready. */
  async ready(): Promise<boolean> {
    try {
      await this.request("GET", "/readyz");
      return true;
    } catch {
      return false;
    }
  }

  /**
   * True for kinds whose objects live in namespaces.
   *
   * @throws KubernetesApiError `KindUnknown` for a kind that the server does not serve
   */
  async namespaced(kind: KindReference): Promise<boolean> {
    return (await this.resources.find(kind)).namespaced;
  }

  /** Ends the connections. */
  close(): void {
    this.transport.close();
  }

  private async sendApply(path: string, object: KubernetesObject, options: ApplyOptions): Promise<KubernetesObject> {
    const { fieldManager, force = false, dryRun = false, fieldValidation = "Strict" } = options;
    const query = queryOf({ fieldManager, force, fieldValidation, dryRun: dryRun ? "All" : undefined });
    return (await this.transport.send({
      method: "PATCH",
      path: path + query,
      body: object,
      contentType: "application/apply-patch+yaml",
    })) as KubernetesObject;
  }

  private async pathOf({ apiVersion, kind, name, namespace }: ObjectReference): Promise<string> {
    return `${await this.collectionPath({ apiVersion, kind }, namespace)}/${encodeURIComponent(name)}`;
  }

  private async collectionPath({ apiVersion, kind }: KindReference, namespace: string | undefined): Promise<string> {
    const { name, namespaced } = await this.resources.find({ apiVersion, kind });
    const scope = namespaced && namespace !== undefined ? `/namespaces/${encodeURIComponent(namespace)}` : "";
    return `${groupPath(apiVersion)}${scope}/${name}`;
  }
}

/** Which object this is. */
export function referenceOf({ apiVersion, kind, metadata }: KubernetesObject): ObjectReference {
  const { name, namespace } = metadata;
  return { apiVersion, kind, name, ...(namespace === undefined ? {} : { namespace }) };
}

/** True when the object is not there, false when its kind is not. */
function isNotFound(error: unknown): boolean {
  return error instanceof KubernetesApiError && error.status === 404 && error.reason !== KIND_UNKNOWN;
}

function queryOf(values: Readonly<Record<string, string | number | boolean | undefined>>): string {
  const query = new URLSearchParams();
  for (const [key, value] of Object.entries(values)) if (value !== undefined) query.set(key, String(value));
  return `?${query.toString()}`;
}
