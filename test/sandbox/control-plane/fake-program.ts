import { chmodSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Component } from "../../../sandbox/control-plane/processes/component";
import { identityOf } from "../../../sandbox/control-plane/processes/process-identity";
import { answersOk } from "../../../sandbox/control-plane/processes/probe";

/** True while a process runs; one that ended and was not waited for yet does not. */
export const lives = (pid: number): boolean => identityOf(pid) !== undefined;

/**
 * Listens on `--port`, notes what happens to it in `--events`, and does as it is told: `--fail=TEXT` ends at once,
 * `--silent` never listens, `--stubborn` does not end when asked.
 */
const PROGRAM = `
const { appendFileSync } = require("node:fs");
const { createServer } = require("node:http");
const { basename } = require("node:path");
const options = Object.fromEntries(process.argv.slice(2).map((arg) => arg.replace(/^--/, "").split("=")));
const name = basename(process.argv[1]);
const note = (event) => appendFileSync(options.events, name + " " + event + "\\n");
if (options.fail !== undefined) { console.error(options.fail); process.exit(7); }
process.on("SIGTERM", () => { note("asked"); if (!("stubborn" in options)) { note("ended"); process.exit(0); } });
const server = createServer((_request, response) => response.end("ok"));
server.on("error", (error) => { console.error(error.message); process.exit(1); });
if ("silent" in options) setInterval(() => {}, 1000);
else server.listen(Number(options.port), "127.0.0.1", () => note("ready"));
`;

/** Writes a program that stands in for one of the control plane. */
export function writeFakeProgram(folder: string, name: string, source = PROGRAM): string {
  const file = join(folder, name);
  writeFileSync(file, `#!${process.execPath}\n${source}`);
  chmodSync(file, 0o755);
  return file;
}

/** A component whose program is a fake one. */
export function fakeComponent(
  folder: string,
  { name, port, extra = [] }: { name: string; port: number; extra?: readonly string[] },
): Component {
  const argument = `--data=${join(folder, name)}-data`;
  return {
    ...{ name, program: join(folder, name), mark: { program: name, argument } },
    arguments: [argument, `--events=${join(folder, "events")}`, `--port=${port}`, ...extra],
    ports: [name],
    files: [{ path: join(folder, "configuration", name), content: name }],
    inputs: [],
    ready: () => answersOk(`http://127.0.0.1:${port}/`),
    readyTimeoutMs: 5000,
  };
}
