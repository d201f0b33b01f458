/** A diagnostic as Terraform prints it. */
export interface Diagnostic {
  readonly severity: "error" | "warning";
  /** All its lines, without the frame. */
  readonly text: string;
}

/** Collects the framed diagnostics (`╷ │ ╵`) of one stack from its lines. */
export class DiagnosticBox {
  private lines: string[] | undefined;

  /** @returns true when the line belongs to a frame, with the diagnostic when it closes it */
  take(line: string): { readonly inside: boolean; readonly diagnostic?: Diagnostic } {
    const text = line.trimStart();
    if (text.startsWith("╷")) {
      const unclosed = this.close();
      this.lines = [];
      return { inside: true, ...unclosed };
    }
    if (!this.lines) return { inside: false };
    if (text.startsWith("╵")) return { inside: true, ...this.close() };
    this.lines.push(text.startsWith("│") ? text.slice(1).replace(/^ /, "") : text);
    return { inside: true };
  }

  /** Ends a frame that was cut off, as when Terraform was killed. */
  close(): { readonly diagnostic?: Diagnostic } {
    const text = (this.lines ?? [])
      .map((line) => line.trimEnd())
      .join("\n")
      .trim();
    this.lines = undefined;
    if (text === "") return {};
    return { diagnostic: { severity: text.startsWith("Warning:") ? "warning" : "error", text } };
  }
}
