import type { ToolCheck } from "../tool-check";
import { findControlPlane } from "./find-control-plane";
import { programFolder } from "./program-folder";
import type { ProgramSources } from "./program-folder";
import { CONTROL_PLANE_PROGRAMS } from "./programs";

/** Checks whether the programs of the control plane are there. A deploy without them does the AWS layers only. */
export async function checkControlPlane(sources: ProgramSources): Promise<ToolCheck> {
  const name = "Control plane";
  const { version } = sources.pins["kube-apiserver"];
  const { programs, found, missing, passedOver } = await findControlPlane(sources);
  const misfits = passedOver.map(({ program, path, reason }) => `${program} at ${path} ${reason}`);
  if (programs !== undefined) {
    const origins = [...new Set(found.map(({ origin }) => origin))].join(", ");
    const note = misfits.length === 0 ? "" : `; passed over: ${misfits.join("; ")}`;
    return { name, status: "ok", version, path: programFolder(sources), detail: `from ${origins}${note}` };
  }
  const lacks = missing.length === CONTROL_PLANE_PROGRAMS.length ? "is not there yet" : `lacks ${missing.join(", ")}`;
  const note = misfits.length === 0 ? "" : ` (${misfits.join("; ")})`;
  return { name, status: "later", version, detail: `${lacks}${note}; npm run sandbox:tools adds it` };
}
