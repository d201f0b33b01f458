import { must, mustBeSet } from "../../engine/expect";
import { resourceRule } from "../../engine/rule";
import type { Example } from "../../engine/rule";
import { allOf } from "../../engine/verdict";

const accessPoint = (path: string): Example => ({
  terraform: {
    resource: {
      aws_efs_access_point: {
        team: {
          file_system_id: "fs-0a1b2c3d4e5f60718",
          posix_user: { uid: 1000, gid: 1000 },
          root_directory: { path },
        },
      },
    },
  },
});

/** The whole file system, and whatever user the client says, unless told otherwise. */
export const efsAccessPointConfined = resourceRule({
  id: "FD-EFS-005",
  slug: "efs-access-point-confined",
  title: "An access point leads to one folder, as one user",
  severity: "medium",
  packs: ["mlops"],
  why: "A pod that mounts it as root sees and changes the data of every other team on the file system.",
  fix: 'Set `root_directory.path` to a folder below "/" and `posix_user` to the user of the team.',
  sameAs: { checkov: ["CKV_AWS_329", "CKV_AWS_330"] },
  types: ["aws_efs_access_point"],
  judge: (resource) =>
    allOf(
      mustBeSet(resource.at("posix_user")),
      must(
        resource.at("root_directory.path"),
        (path) => ![undefined, "", "/"].includes(path as string),
        "must be a folder",
      ),
    ),
  examples: { failing: accessPoint("/"), passing: accessPoint("/team-vision"), unknown: accessPoint("${var.folder}") },
});
