import { Token } from "cdktf";
import type { PropChecks } from "../../core/prop-checks";
import { Quantity } from "../../core/quantity";
import type {
  ContainerOptions,
  ContainerResources,
  EnvironmentValue,
  Probe,
  ScratchOptions,
} from "../container-options";
import { checkName, checkObjectName } from "./metadata";
import { secretProblems } from "./secret-values";

const TAGGED = /^[^\s@]+(@sha256:[a-f0-9]{64}|:(?!latest$)[\w][\w.-]{0,127}(@sha256:[a-f0-9]{64})?)$/;
const IMAGE_RULE = "must have a tag that is not latest, or a digest `@sha256:…`, so that every pod runs the same";
/** @see https://kubernetes.io/docs/tasks/inject-data-application/define-environment-variable-container/ */
const VARIABLE = /^[A-Za-z_][A-Za-z0-9_.-]*$/;
const PORT_NAME = /^(?=.*[a-z])[a-z0-9]+(-[a-z0-9]+)*$/;
const LONGEST_PORT_NAME = 15;
const LAST_PORT = 65535;
const EXTENDED = /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?\/[A-Za-z0-9]([A-Za-z0-9_.-]*[A-Za-z0-9])?$/;

/** Adds the rules for one container; `prop` is where it stands in the props. */
export function checkContainer(
  checks: PropChecks,
  prop: string,
  container: ContainerOptions,
  volumes: readonly string[],
): void {
  checks.require(TAGGED.test(readable(container.image)), `${prop}.image`, IMAGE_RULE, readable(container.image));
  checkEnvironment(checks, `${prop}.environment`, container.environment ?? {});
  container.environmentFromSecrets?.forEach((name, index) => {
    checkObjectName(checks, `${prop}.environmentFromSecrets[${index}]`, name);
  });
  checkPorts(checks, `${prop}.ports`, container.ports ?? {});
  checkResources(checks, `${prop}.resources`, container.resources);
  const ports = Object.keys(container.ports ?? {});
  for (const name of ["readiness", "liveness", "startup"] as const) {
    const probe = container[name];
    if (probe !== undefined) checkProbe(checks, `${prop}.${name}`, probe, ports);
  }
  const { beforeStop } = container;
  const command = "must name a program, or be left out";
  checks.require(beforeStop === undefined || beforeStop.length > 0, `${prop}.beforeStop`, command, beforeStop);
  checkPaths(checks, prop, container, volumes);
}

/** Adds the rules for an empty folder. */
export function checkScratch(checks: PropChecks, prop: string, { sizeLimit }: ScratchOptions): void {
  const size = Quantity.tryOf(sizeLimit);
  checks.require(size !== undefined && !size.isZero, prop, "must be a size above 0, such as 1Gi", sizeLimit);
}

/** Adds the rule for the path of a file or folder. */
export function checkPath(checks: PropChecks, prop: string, path: string): void {
  const fits = path.startsWith("/") && path.length > 1 && !path.includes(":") && !path.split("/").includes("..");
  checks.require(fits, prop, "must be an absolute path without `..` and colons", path);
}

function checkEnvironment(
  checks: PropChecks,
  prop: string,
  environment: Readonly<Record<string, EnvironmentValue>>,
): void {
  for (const [name, value] of Object.entries(environment)) {
    const place = `${prop}.${name}`;
    const rule = "must be named with letters, digits, _, - and ., and not start with a digit";
    checks.require(VARIABLE.test(name), place, rule, name);
    if (typeof value === "string") {
      for (const { prop: at, rule: why, got } of secretProblems({ [name]: value }, prop))
        checks.require(false, at, why, got);
    } else if ("secret" in value) {
      checkObjectName(checks, `${place}.secret`, value.secret);
      checks.require(value.key !== "", `${place}.key`, "must be a key of the secret", value.key);
    }
  }
}

function checkPorts(checks: PropChecks, prop: string, ports: Readonly<Record<string, number>>): void {
  const numbers = Object.values(ports);
  Object.entries(ports).forEach(([name, port], index) => {
    const place = `${prop}.${name}`;
    const fits = PORT_NAME.test(name) && name.length <= LONGEST_PORT_NAME;
    const rule = `must be named with at most ${LONGEST_PORT_NAME} lower-case letters, digits and single hyphens`;
    checks.require(fits, place, rule, name);
    const within = Number.isInteger(port) && port >= 1 && port <= LAST_PORT;
    checks.require(within, place, `must be a whole number from 1 to ${LAST_PORT}`, port);
    checks.require(numbers.indexOf(port) === index, place, "must not be the number of another port", port);
  });
}

function checkResources(checks: PropChecks, prop: string, resources: ContainerResources): void {
  const { cpu, cpuLimit, memory, memoryLimit, ephemeralStorage, extended = {} } = resources;
  checkAmount(checks, `${prop}.cpu`, cpu);
  checkAmount(checks, `${prop}.memory`, memory);
  if (cpuLimit !== undefined) checkLimit(checks, `${prop}.cpuLimit`, cpuLimit, "cpu", cpu);
  if (memoryLimit !== undefined) checkLimit(checks, `${prop}.memoryLimit`, memoryLimit, "memory", memory);
  if (ephemeralStorage !== undefined) checkAmount(checks, `${prop}.ephemeralStorage`, ephemeralStorage);
  for (const [resource, count] of Object.entries(extended)) {
    const place = `${prop}.extended["${resource}"]`;
    checks.require(EXTENDED.test(resource), place, "must be a resource with a domain and a slash", resource);
    const gpus = "must be asked for with `gpus`, which names the pool that has them";
    checks.require(!resource.startsWith("nvidia.com/"), place, gpus, resource);
    const whole = Number.isInteger(count) && count >= 1;
    checks.require(whole, place, "must be a whole number, 1 or more", count);
  }
}

function checkAmount(checks: PropChecks, prop: string, text: string): void {
  const quantity = Quantity.tryOf(text);
  checks.require(quantity !== undefined, prop, Quantity.RULE, text);
  checks.require(quantity === undefined || !quantity.isZero, prop, "must be above 0", text);
}

function checkLimit(checks: PropChecks, prop: string, limit: string, requestName: string, request: string): void {
  checkAmount(checks, prop, limit);
  const [most, least] = [Quantity.tryOf(limit), Quantity.tryOf(request)];
  if (most === undefined || least === undefined || most.isZero) return;
  checks.require(most.compare(least) >= 0, prop, `must be at least \`${requestName}\` (${request})`, limit);
}

function checkProbe(checks: PropChecks, prop: string, probe: Probe, ports: readonly string[]): void {
  const { initialDelaySeconds = 0, periodSeconds = 1, timeoutSeconds = 1, failureThreshold = 1 } = probe;
  checkWhole(checks, `${prop}.initialDelaySeconds`, initialDelaySeconds, 0);
  checkWhole(checks, `${prop}.periodSeconds`, periodSeconds, 1);
  checkWhole(checks, `${prop}.timeoutSeconds`, timeoutSeconds, 1);
  checkWhole(checks, `${prop}.failureThreshold`, failureThreshold, 1);
  if ("command" in probe) {
    checks.require(probe.command.length > 0, `${prop}.command`, "must name a program", probe.command);
    return;
  }
  const [field, port] = "path" in probe ? ["port", probe.port] : ["tcpPort", probe.tcpPort];
  const known = `must be the name of a port of the container (${ports.join(", ") || "it has none"})`;
  checks.require(ports.includes(port), `${prop}.${field}`, known, port);
  if ("path" in probe) checks.require(probe.path.startsWith("/"), `${prop}.path`, "must start with /", probe.path);
}

function checkWhole(checks: PropChecks, prop: string, value: number, least: number): void {
  const whole = Number.isInteger(value) && value >= least;
  checks.require(whole, prop, `must be a whole number of ${least} or more`, value);
}

function checkPaths(checks: PropChecks, prop: string, container: ContainerOptions, volumes: readonly string[]): void {
  const { writablePaths = {}, mounts = {} } = container;
  for (const [path, scratch] of Object.entries(writablePaths)) {
    const place = `${prop}.writablePaths["${path}"]`;
    checkPath(checks, place, path);
    checkScratch(checks, place, typeof scratch === "string" ? { sizeLimit: scratch } : scratch);
  }
  for (const [path, { volume }] of Object.entries(mounts)) {
    const place = `${prop}.mounts["${path}"]`;
    checkPath(checks, place, path);
    checks.require(!Object.hasOwn(writablePaths, path), place, "must not be one of `writablePaths` too", path);
    const known = `must be a volume of the workload (${volumes.join(", ") || "it has none"})`;
    checks.require(volumes.includes(volume), `${place}.volume`, known, volume);
  }
}

/** Adds the rules for the names of containers of a pod. */
export function checkContainerNames(
  checks: PropChecks,
  names: readonly (readonly [prop: string, name: string])[],
): void {
  names.forEach(([prop, name], index) => {
    checkName(checks, prop, name);
    const first = names.findIndex(([, other]) => other === name);
    checks.require(first === index, prop, "must not be the name of another container", name);
  });
}

/** Part of an image may be known only after apply, as the address of a registry is; the tag after it must be there. */
function readable(image: string): string {
  if (!Token.isUnresolved(image)) return image;
  const rest = image.slice(image.lastIndexOf("}") + 1);
  return rest === "" ? "unknown:unknown" : `unknown${rest}`;
}
