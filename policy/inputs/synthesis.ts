import { renderStacks } from "../../rendering";
import type { Helm } from "../../rendering";
import type { KubernetesObject, Stack } from "../engine/subject";
import { InputCollector } from "./input-collector";
import { readRendered } from "./rendered-objects";
import { readTerraformModule } from "./terraform-json";

/** One module of Terraform's JSON: a synthesised stack, or a folder of any author. */
export interface SynthesizedModule {
  /** Id of the stack: the name of its folder for what CDKTF wrote, else the name of the file or folder. */
  readonly id: string;
  /** Its files, with the name that messages give them. */
  readonly files: readonly { readonly file: string; readonly text: string }[];
  /**
   * Absolute path of the folder that holds them: charts in folders are found from there.
   * @default - charts in folders are found by absolute paths only
   */
  readonly folder?: string;
  /**
   * Files of the module that are not read, since they are in Terraform's own language.
   * @default - there are none
   */
  readonly unread?: readonly string[];
  /**
   * Files with values of variables, such as `terraform.tfvars.json`: later ones win.
   * @default - variables have their defaults
   */
  readonly values?: readonly { readonly file: string; readonly text: string }[];
}

/** How a synthesis is read. */
export interface SynthesisOptions {
  /**
   * Absolute path of the project: places in its source are relative to it.
   * @default - places in the source are not read
   */
  readonly root?: string;
  /**
   * What charts are rendered with.
   * @default - charts are not rendered, and each is named in `unrendered`
   */
  readonly helm?: Helm;
  /**
   * Why charts are not rendered, when there is no `helm`.
   * @default - none is installed
   */
  readonly whyNoHelm?: string;
  /**
   * Kubernetes version that charts are rendered for, e.g. `1.36.3`.
   * @default - Helm's own
   */
  readonly kubernetesVersion?: string;
}

/** A synthesis in the shape in which rules see it. */
export interface Synthesis {
  readonly stacks: readonly Stack[];
  /** Everything that Kubernetes would get, charts included where they could be rendered. */
  readonly objects: readonly KubernetesObject[];
  /** Resources whose Kubernetes objects nobody saw, and why. */
  readonly unrendered: readonly Unrendered[];
}

/** A resource that brings objects which could not be judged. */
export interface Unrendered {
  /** `<stack> <address>` */
  readonly where: string;
  readonly reason: string;
  /**
   * The chart as written, when it is one; the address of its release where none is.
   * @default - it is a typed resource
   */
  readonly chart?: string;
}

/**
 * Reads modules, and renders the Kubernetes objects they would create.
 *
 * @throws {InputError} with everything that is wrong with any of them
 */
export async function readSynthesis(
  modules: readonly SynthesizedModule[],
  { root, helm, whyNoHelm, kubernetesVersion }: SynthesisOptions = {},
): Promise<Synthesis> {
  const collector = new InputCollector();
  const stacks = modules.flatMap(
    ({ id, files, values }) => collector.try(() => readTerraformModule(files, { stack: id, root, values })) ?? [],
  );
  collector.throwIfAny();
  const texts = modules.flatMap(({ id, files, folder }) =>
    files.map(({ text }) => ({ id, layer: id, json: text, folder })),
  );
  const { objects, charts, problems } = await renderStacks(texts, { helm, kubernetesVersion });
  const unrendered = charts.flatMap(({ stack, address, chart, reason }) =>
    reason === undefined
      ? []
      : [{ where: `${stack} ${address}`, reason: helm ? reason : (whyNoHelm ?? reason), chart: chart || address }],
  );
  const broken = problems.map(({ stack, address, message }) => ({ where: `${stack} ${address}`, reason: message }));
  return { stacks, objects: readRendered(objects, stacks, charts), unrendered: [...unrendered, ...broken] };
}
