/** A NodePool of Karpenter with GPUs, for examples. */
export function gpuNodePool(spec: {
  readonly template?: object;
  readonly limits?: object;
  readonly disruption?: object;
}): Readonly<Record<string, unknown>> {
  const { template = {}, ...others } = spec;
  return {
    apiVersion: "karpenter.sh/v1",
    kind: "NodePool",
    metadata: { name: "l4" },
    spec: {
      template: {
        spec: {
          requirements: [{ key: "karpenter.k8s.aws/instance-gpu-name", operator: "In", values: ["l4"] }],
          ...template,
        },
      },
      ...others,
    },
  };
}
