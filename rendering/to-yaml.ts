import { Document } from "yaml";
import type { RenderedObject } from "./rendering";

/** Writes objects as YAML documents, each with a comment that names the stack and the resource it comes from. */
export function toYaml(objects: readonly RenderedObject[]): string {
  return objects.map(({ stack, address, object }) => `---\n# ${stack} ${address}\n${documentOf(object)}`).join("");
}

/** Readers of YAML 1.1, as Kubernetes is one, take `on` and `012` for something else than texts. */
function documentOf(object: RenderedObject["object"]): string {
  return new Document(object, { aliasDuplicateObjects: false, version: "1.1" }).toString({ lineWidth: 0 });
}
