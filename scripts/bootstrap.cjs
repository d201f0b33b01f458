"use strict";
// The first thing that runs in a fresh clone: no package, and no syntax that an old Node could not even read.
const { spawn } = require("child_process");
const { createHash } = require("crypto");
const fs = require("fs");
const path = require("path");

const MINIMUM_NODE = [20, 19];
const MARKER = path.join("node_modules", ".flightdeck-lock-hash");
const PROGRESS_MS = 10000;
const SIGNAL_CODES = { SIGHUP: 129, SIGINT: 130, SIGKILL: 137, SIGTERM: 143 };

/** One line on what is wrong with this version of Node, or undefined. */
function nodeProblem(version) {
  const [major, minor] = version.split(".").map(Number);
  if (major > MINIMUM_NODE[0] || (major === MINIMUM_NODE[0] && minor >= MINIMUM_NODE[1])) return undefined;
  return `Flightdeck needs Node.js 20.19 or later, this is ${version}. Install it: nvm install 22, brew install node@22, or https://nodejs.org/en/download`;
}

/** What is asked for: the command line with these arguments, or an npm script after the set-up. */
function readArguments(args) {
  if (args[0] !== "--then") return { kind: "cli", args };
  return { kind: "script", script: args[1], args: args.slice(2) };
}

/** "missing", "changed" or "current": whether node_modules is what package-lock.json asks for. */
function modulesState(root) {
  if (!fs.existsSync(path.join(root, "node_modules"))) return "missing";
  const marker = path.join(root, MARKER);
  if (fs.existsSync(marker)) return fs.readFileSync(marker, "utf8") === lockHash(root) ? "current" : "changed";
  return installedByHand(root) ? "current" : "changed";
}

function lockHash(root) {
  return createHash("sha256")
    .update(fs.readFileSync(path.join(root, "package-lock.json")))
    .digest("hex");
}

/** True when a plain `npm install` or `npm ci` has put the same versions there: npm keeps a list of its own. */
function installedByHand(root) {
  const wanted = readPackages(path.join(root, "package-lock.json"));
  const installed = readPackages(path.join(root, "node_modules", ".package-lock.json"));
  if (!wanted || !installed) return false;
  return Object.keys(wanted).every((name) => {
    if (name === "") return true;
    if (!installed[name]) return wanted[name].optional === true || wanted[name].devOptional === true;
    return installed[name].version === wanted[name].version;
  });
}

function readPackages(file) {
  try {
    return JSON.parse(fs.readFileSync(file, "utf8")).packages;
  } catch {
    return undefined;
  }
}

/** Installs the packages when they are not there; npm is heard only when it fails. */
async function ensureModules(root, say) {
  const state = modulesState(root);
  if (state === "current") return 0;
  say(`Node packages: ${state === "missing" ? "installing" : "package-lock.json has changed, installing"}`);
  const startedAt = Date.now();
  const seconds = () => Math.round((Date.now() - startedAt) / 1000);
  const timer = setInterval(() => say(`  still installing after ${seconds()}s`), PROGRESS_MS);
  const { code, output } = await run(npmCommand(["ci", "--ignore-scripts", "--no-progress"]), root, "pipe");
  clearInterval(timer);
  if (code !== 0) {
    say(withoutUsage(output));
    say(`npm ci failed after ${seconds()}s, see above. Once that is mended, run this again.`);
    return code;
  }
  fs.writeFileSync(path.join(root, MARKER), lockHash(root));
  say(`  ready after ${seconds()}s`);
  return 0;
}

/** What npm says is wrong, without the page on its options that it puts below. */
function withoutUsage(output) {
  return output.split(/npm (?:error|ERR!) *\n *npm (?:error|ERR!) Clean install a project/)[0].trimEnd();
}

/** npm as it was called, so that the same one installs; else the one on the PATH. */
function npmCommand(args) {
  const running = process.env.npm_execpath;
  if (running && /npm-cli\.c?js$/.test(running)) return [process.execPath, [running, ...args]];
  return [process.platform === "win32" ? "npm.cmd" : "npm", args];
}

function run([file, args], cwd, stdio) {
  return new Promise((resolve) => {
    const child = spawn(file, args, { cwd, stdio: stdio === "pipe" ? ["ignore", "pipe", "pipe"] : "inherit" });
    let output = "";
    const take = (chunk) => (output += chunk);
    if (child.stdout) child.stdout.on("data", take);
    if (child.stderr) child.stderr.on("data", take);
    // A terminal sends Ctrl-C to the child as well; this process only waits for how it ends.
    const onInterrupt = () => process.stdin.isTTY || child.kill("SIGINT");
    const onTerminate = () => child.kill("SIGTERM");
    process.on("SIGINT", onInterrupt).on("SIGTERM", onTerminate);
    const finish = (code) => {
      process.off("SIGINT", onInterrupt).off("SIGTERM", onTerminate);
      resolve({ code, output });
    };
    child.on("error", (error) => {
      output += `${error.message}\n`;
      finish(127);
    });
    child.on("close", (code, signal) => finish(code === null ? SIGNAL_CODES[signal] || 1 : code));
  });
}

/** Sets up what is missing, then runs what was asked for. */
async function main(args, root) {
  const say = (text) => console.error(text);
  const problem = nodeProblem(process.versions.node);
  if (problem) {
    say(problem);
    return 2;
  }
  const installed = await ensureModules(root, say);
  if (installed !== 0) return installed;
  const flightdeck = path.join(root, "cli", "flightdeck.cjs");
  const wanted = readArguments(args);
  if (wanted.kind === "cli") return (await run([process.execPath, [flightdeck, ...wanted.args]], root, "inherit")).code;
  const setUp = await run([process.execPath, [flightdeck, "setup"]], root, "inherit");
  if (setUp.code !== 0) return setUp.code;
  return (await run(npmCommand(["run", "--silent", wanted.script, "--", ...wanted.args]), root, "inherit")).code;
}

module.exports = { nodeProblem, readArguments, modulesState, withoutUsage };

if (require.main === module) {
  main(process.argv.slice(2), path.resolve(__dirname, "..")).then((code) => {
    process.exitCode = code;
  });
}
