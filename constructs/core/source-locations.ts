import { Node } from "constructs";

/** What CDKTF calls the mark that it puts on every element when it is defined. */
const MARK = "stacktrace";

/**
 * Runs code that defines constructs so that the synthesised JSON says of each element which lines defined it
 * (`//.metadata.stackTrace`). Reports of policy checks point at these lines.
 *
 * CDKTF marks each element for this purpose and leaves the trace out; here it is put in. It takes about as long again as the
 * synthesis, and the JSON then holds paths of this machine: it is for reports, not for deploys.
 *
 * @param define defines the constructs; not asynchronous
 * @returns what `define` returns
 *
 * @example
 * withSourceLocations(() => new DataStack(app, props));
 */
export function withSourceLocations<T>(define: () => T): T {
  const { prototype } = Node;
  const original = Object.getOwnPropertyDescriptor(prototype, "addMetadata");
  const addMetadata = original?.value as Node["addMetadata"];
  prototype.addMetadata = function (this: Node, type, data, options) {
    addMetadata.call(this, type, data, type === MARK ? { stackTrace: true, ...options } : options);
  };
  try {
    return define();
  } finally {
    prototype.addMetadata = addMetadata;
  }
}
