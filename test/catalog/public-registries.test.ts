import { findPublicRegistry, publicRegistries, tryFindPublicRegistry } from "../../catalog";

describe("public registries", () => {
  test("are found by the name that images are known by", () => {
    expect(findPublicRegistry("docker.io")).toEqual({
      name: "docker.io",
      url: "registry-1.docker.io",
      prefix: "docker-hub",
      needsCredentials: true,
    });
  });

  test("are refused when unknown, with the nearest", () => {
    expect(tryFindPublicRegistry("quay.oi")).toBeUndefined();
    expect(() => findPublicRegistry("quay.oi")).toThrow(
      /^unknown registry "quay\.oi", did you mean "quay\.io"\?; allowed: /,
    );
  });

  test("can be pulled from without credentials, three of them", () => {
    const open = publicRegistries().filter(({ needsCredentials }) => !needsCredentials);

    expect(open.map(({ name }) => name)).toEqual(["public.ecr.aws", "registry.k8s.io", "quay.io"]);
  });

  test("have a prefix each, that leaves room for project and stage", () => {
    const prefixes = publicRegistries().map(({ prefix }) => prefix);

    expect(new Set(prefixes).size).toBe(prefixes.length);
    expect(prefixes.filter((prefix) => prefix.length > 12)).toEqual([]);
  });
});
