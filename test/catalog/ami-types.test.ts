import { amiTypeFor, amiTypes, findAmiType } from "../../catalog";

describe("AMI types", () => {
  test.each([
    [{ arch: "amd64", accelerator: "none" }, "AL2023_x86_64_STANDARD"],
    [{ arch: "arm64", accelerator: "none" }, "AL2023_ARM_64_STANDARD"],
    [{ arch: "amd64", accelerator: "nvidia" }, "AL2023_x86_64_NVIDIA"],
    [{ arch: "arm64", accelerator: "nvidia" }, "AL2023_ARM_64_NVIDIA"],
    [{ arch: "amd64", accelerator: "neuron" }, "AL2023_x86_64_NEURON"],
    [{ arch: "amd64", accelerator: "nvidia", os: "bottlerocket" }, "BOTTLEROCKET_x86_64_NVIDIA"],
  ] as const)("fit %j: %s", (query, name) => {
    expect(amiTypeFor(query)).toBe(name);
  });

  test("are refused where EKS builds none", () => {
    expect(() => amiTypeFor({ arch: "arm64", accelerator: "neuron" })).toThrow(
      /^unknown AMI type for "al2023 arm64 neuron", did you mean "al2023 amd64 neuron"\?; allowed: for example /,
    );
  });

  test("are found by name or refused with the nearest", () => {
    expect(findAmiType("AL2023_x86_64_NVIDIA").accelerator).toBe("nvidia");
    expect(() => findAmiType("AL2023_X86_64_NVIDIA")).toThrow(
      /^unknown AMI type "AL2023_X86_64_NVIDIA", did you mean "AL2023_x86_64_NVIDIA"\?/,
    );
  });

  test("have a name each", () => {
    expect(new Set(amiTypes().map(({ name }) => name)).size).toBe(amiTypes().length);
  });
});
