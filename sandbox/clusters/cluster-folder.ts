import { readdirSync } from "node:fs";
import { basename, dirname, join } from "node:path";

/** What the name of a folder that was put aside begins with; an account number never does. */
const ASIDE = ".aside-";

/** Which cluster. */
export interface ClusterPlace {
  /** Twelve digits. */
  readonly account: string;
  readonly region: string;
  readonly name: string;
}

/** Files of a cluster. */
export interface ClusterFolder {
  readonly directory: string;
  /** Folder of its control plane. */
  readonly controlPlane: string;
  /** What is remembered of it. */
  readonly record: string;
}

/** @returns the files of a cluster, in a folder named after it */
export function clusterFolder(root: string, { account, region, name }: ClusterPlace): ClusterFolder {
  return folderAt(join(root, `${account}-${region}-${name}`));
}

/**
 * @returns folders of all clusters, those included that no longer exist; those that were put aside are nobody's
 */
export function clusterFolders(root: string): ClusterFolder[] {
  try {
    const entries = readdirSync(root, { withFileTypes: true });
    return entries
      .filter((entry) => entry.isDirectory() && !entry.name.startsWith(ASIDE))
      .map(({ name }) => folderAt(join(root, name)));
  } catch {
    return [];
  }
}

/** @returns where a cluster's folder is kept when nobody can say what it holds */
export function asideOf({ directory }: ClusterFolder, now: number): string {
  return join(dirname(directory), `${ASIDE}${basename(directory)}-${now}`);
}

function folderAt(directory: string): ClusterFolder {
  return {
    directory,
    controlPlane: join(directory, "control-plane"),
    record: join(directory, "cluster.json"),
  };
}
