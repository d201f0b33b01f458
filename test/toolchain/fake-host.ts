import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Host } from "../../toolchain/host";

/** A machine made of folders: its PATH holds only the programs given to it. */
export class FakeHost implements Host {
  readonly root = mkdtempSync(join(tmpdir(), "host-"));
  readonly home = join(this.root, "home");
  readonly bin = join(this.root, "bin");
  readonly env: Record<string, string | undefined> = { PATH: this.bin };
  platform = "linux";
  arch = "x64";

  constructor() {
    mkdirSync(this.home);
    mkdirSync(this.bin);
  }

  /** Puts a program on the PATH that runs the lines of shell given. */
  install(name: string, ...script: string[]): string {
    const file = join(this.bin, name);
    writeFileSync(file, ["#!/bin/sh", ...script, ""].join("\n"));
    chmodSync(file, 0o755);
    return file;
  }

  /** Writes a file below the root, with its folders. */
  write(path: string, text = ""): string {
    const file = join(this.root, path);
    mkdirSync(join(file, ".."), { recursive: true });
    writeFileSync(file, text);
    return file;
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}
