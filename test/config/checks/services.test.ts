import { refusal, withChange } from "../environment-fixture";

const withData = (data: string) => withChange("", `data: ${data}\n`);

describe("versions, sizes and registries", () => {
  test.each([
    [
      "a version of PostgreSQL that does not exist",
      '{database: {engineVersion: "18.99"}}',
      /^dev\.yaml:17 data\.database\.engineVersion: must be a version of PostgreSQL that the catalogue knows, got "18\.99"; allowed: 18 or up to 18\.4, /,
    ],
    [
      "a database on what is no instance class",
      "{database: {instanceClass: m7g.large}}",
      /^dev\.yaml:17 data\.database\.instanceClass: must .*, got "m7g\.large"$/,
    ],
    [
      "a version of another engine",
      '{cache: {engine: redis, engineVersion: "8.1"}}',
      /^dev\.yaml:17 data\.cache\.engineVersion: must be a version of redis that the catalogue knows, got "8\.1"; allowed: 7\.1, 7\.0$/,
    ],
    [
      "a node type with a slip",
      "{cache: {nodeType: cache.r7g.lrge}}",
      /^dev\.yaml:17 data\.cache\.nodeType: must be a node type that the catalogue knows \(did you mean "cache\.r7g\.large"\?\), got "cache\.r7g\.lrge"/,
    ],
    [
      "a registry with a slip",
      "{images: {pullThrough: [quay.oi]}}",
      /^dev\.yaml:17 data\.images\.pullThrough\[0\]: must be a registry that the catalogue knows \(did you mean "quay\.io"\?\), got "quay\.oi"/,
    ],
    [
      "a registry that asks for an account",
      "{images: {pullThrough: [docker.io]}}",
      /^dev\.yaml:17 data\.images\.pullThrough\[0\]: must be a registry that asks for no account, got "docker\.io"/,
    ],
    [
      "a registry named twice",
      "{images: {pullThrough: [quay.io, quay.io]}}",
      /^dev\.yaml:17 data\.images\.pullThrough\[1\]: must not name a registry twice, got "quay\.io"$/,
    ],
  ])("refuses %s", (_what, data, message) => {
    expect(refusal(withData(data))).toMatch(message);
  });

  test.each([
    '{database: {engineVersion: "17"}}',
    '{database: {engineVersion: "18.4", instanceClass: db.r7g.xlarge}}',
    '{cache: {engine: redis, engineVersion: "7.1", nodeType: cache.m7g.large}}',
    "{images: {pullThrough: [public.ecr.aws, registry.k8s.io, quay.io]}}",
  ])("accepts %s", (data) => {
    expect(refusal(withData(data))).toBe("");
  });
});
