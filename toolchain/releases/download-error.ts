/** Why a download did not come about. `checksum`: something came that is not what was published. */
export type DownloadFailure = "unreachable" | "missing" | "refused" | "broken" | "checksum" | "unpublished";

/** A program could not be downloaded. */
export class DownloadError extends Error {
  constructor(
    readonly failure: DownloadFailure,
    message: string,
  ) {
    super(message);
    this.name = "DownloadError";
  }
}
