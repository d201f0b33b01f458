import { join } from "node:path";
import type { Helm } from "../../rendering";
import { cacheFolder, findHelm } from "../../toolchain";
import type { CliContext } from "../context";
import { controlPlaneSources } from "../control-plane-sources";

/** The Helm of this machine, with files of its own: neither the user's repositories nor their settings change what it makes. */
export async function helmOf({ host, root }: Pick<CliContext, "host" | "root">): Promise<Helm | undefined> {
  const { helm } = await findHelm({ host, ...controlPlaneSources(root) });
  if (helm === undefined) return undefined;
  const folder = join(cacheFolder(host), "helm");
  const own = Object.entries(host.env).filter(
    ([name]) => !name.startsWith("HELM_") || name.startsWith("HELM_REGISTRY"),
  );
  return {
    program: helm,
    env: {
      ...Object.fromEntries(own),
      HELM_CACHE_HOME: join(folder, "cache"),
      HELM_CONFIG_HOME: join(folder, "config"),
      HELM_DATA_HOME: join(folder, "data"),
    },
  };
}
