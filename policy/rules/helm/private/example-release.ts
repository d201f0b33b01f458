import type { TerraformJson } from "../../../engine/rule";

/** A stack with one release that keeps every rule but for what is given, for examples; `undefined` takes an argument out. */
export function helmRelease(
  args: Readonly<Record<string, unknown>>,
  ...values: readonly Readonly<Record<string, unknown>>[]
): TerraformJson {
  return {
    resource: {
      helm_release: {
        release: {
          name: "release",
          namespace: "tools",
          chart: "tool",
          repository: "https://charts.example.com",
          version: "1.2.3",
          ...(values.length > 0 && { values: values.map((each) => JSON.stringify(each)) }),
          ...args,
        },
      },
    },
  };
}
