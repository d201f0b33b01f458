import type { Command } from "commander";
import { ensureControlPlane, ToolchainError } from "../../toolchain";
import type { EnsureReport, OnProgramProgress, ProgramProgress } from "../../toolchain";
import { CliError } from "../cli-error";
import { columns } from "../columns";
import type { CliContext } from "../context";
import { controlPlaneSources } from "../control-plane-sources";
import { formatDuration } from "../duration";
import { styleOf } from "../style";

interface Options {
  readonly offline?: boolean;
  readonly build?: boolean;
}

const REPORT_EVERY_MS = 15_000;
/** These are failures of a run; anything else is a tool or a setting that the user has to see to. */
const RUN_FAILURES = ["PROGRAM_BUILD_FAILED", "PROGRAM_CHECKSUM_WRONG", "PROGRAM_MISSING", "TOOLS_FOLDER_UNUSABLE"];

/** `flightdeck sandbox tools` */
export function addSandboxTools(sandbox: Command, context: CliContext): void {
  sandbox
    .command("tools")
    .description("finds the programs of the Kubernetes control plane, else downloads them, else builds them with Go")
    .option("--offline", "download nothing: find or build")
    .option("--build", "build all of them, whatever there is")
    .addHelpText("after", "\nExample:\n  npx flightdeck sandbox tools --offline")
    .action(async (options: Options) => {
      const { host, root, output } = context;
      const progress = reporter(context);
      try {
        const report = await ensureControlPlane({
          host,
          ...controlPlaneSources(root),
          ...options,
          onProgress: progress.show,
        });
        print(context, report);
      } catch (error) {
        if (!(error instanceof ToolchainError) || !RUN_FAILURES.includes(error.code)) throw error;
        throw new CliError(1, error.message);
      } finally {
        progress.end();
      }
      output.line("Ready. Next: npm start");
    });
}

/** A line when something starts and ends, and one every now and then while a build goes on. */
function reporter({ output, now }: CliContext): { readonly show: OnProgramProgress; readonly end: () => void } {
  const started = new Map<string, number>();
  const elapsed = ({ program }: ProgramProgress): string => formatDuration(now() - (started.get(program) ?? now()));
  let timer: NodeJS.Timeout | undefined;
  const end = (): void => {
    clearInterval(timer);
  };
  return {
    end,
    show: (progress) => {
      const { program, version, step, by, reason = "" } = progress;
      if (step === "started") started.set(program, now());
      if (by === "build") end();
      if (by === "build" && step === "started") {
        timer = setInterval(() => {
          output.line(`  still building ${program} after ${elapsed(progress)}`);
        }, REPORT_EVERY_MS);
      }
      const doing = by === "build" ? "building" : "downloading";
      if (step === "started") output.line(`${program} ${version}: ${doing}`);
      if (step === "done") output.line(`  ${program} ready after ${elapsed(progress)}`);
      if (step === "failed") output.line(`  ${program} is not downloaded: ${reason}`);
    },
  };
}

function print({ output }: CliContext, { found, passedOver }: EnsureReport): void {
  const style = styleOf(output);
  for (const { program, path, reason } of passedOver) {
    output.line(style.dim(`passed over: ${program} at ${path} ${reason}`));
  }
  const rows = columns(found.map(({ program, origin, path }) => [program, origin, path]));
  rows.forEach(output.line);
}
