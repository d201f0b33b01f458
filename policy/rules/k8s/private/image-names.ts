import type { Value } from "../../../engine/value";

/** The parts of an image's name that say which image it is. */
export interface ImageName {
  /** The name as written, templates included. */
  readonly text: string;
  /**
   * Its tag, such as `1.4.0`.
   * @default - it has none, or only Terraform knows it
   */
  readonly tag?: string;
  /** Whether a digest pins it. */
  readonly pinned: boolean;
  /** Whether all of it that counts for tag and digest is known. */
  readonly known: boolean;
}

/** Takes an image's name apart; undefined where nothing of it is known. */
export function imageName(image: Value): ImageName | undefined {
  const { text } = image;
  if (text === undefined) return undefined;
  const [name = ""] = text.split("@");
  const last = name.slice(name.lastIndexOf("/") + 1);
  const [, tag] = /:([^:{}$"]+)$/.exec(last) ?? [];
  const pinned = /@sha256:/.test(text);
  const known = pinned || tag !== undefined || !image.unknown;
  return { text, pinned, known, ...(tag === undefined ? {} : { tag }) };
}

/** Whether a name means another image from one day to the next: no tag and no digest, or the tag `latest`. */
export function isFloating({ tag, pinned, known }: ImageName): boolean {
  return known && !pinned && (tag === undefined || tag === "latest");
}
