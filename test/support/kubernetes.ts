import { HelmProvider } from "@cdktf/provider-helm/lib/provider";
import { KubernetesProvider } from "@cdktf/provider-kubernetes/lib/provider";
import type { TerraformStack } from "cdktf";
import { synth, testStack, type Synthesized } from "./synth";

/** A stack for tests with the AWS, the Kubernetes and the Helm provider. */
export function kubernetesStack(): TerraformStack {
  const stack = testStack();
  new KubernetesProvider(stack, "Kubernetes", { host: "https://127.0.0.1:6443" });
  new HelmProvider(stack, "Helm", { kubernetes: { host: "https://127.0.0.1:6443" } });
  return stack;
}

/** Builds a stack with Kubernetes objects and synthesises it. */
export function synthesizeKubernetes(build: (stack: TerraformStack) => void): Synthesized {
  const stack = kubernetesStack();
  build(stack);
  return synth(stack);
}
