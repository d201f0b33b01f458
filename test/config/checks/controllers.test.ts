import { STAGE_DEFAULTS } from "../../../config/stages";
import { accepted, refusal, VALID, withChange } from "../environment-fixture";

const withControllers = (controllers: string) => withChange("", `controllers: ${controllers}\n`);
const withSharing = (sharing: string, rest = "") =>
  `${VALID.replace("[g6.xlarge, g6.2xlarge]", "[p4d.24xlarge]").trimEnd()}\n      sharing: ${sharing}\n${rest}`;

describe("where charts come from", () => {
  test("is each chart's own repository when nothing is said", () => {
    expect(accepted(VALID).controllers.charts).toEqual({});
  });

  test.each([
    ["a mirror", "{charts: {mirror: oci://registry.example.com/charts}}"],
    ["a mirror on a port", '{charts: {mirror: "oci://registry.example.com:5000/charts/ml_v1"}}'],
    ["a folder of the repository", "{charts: {folder: vendor/charts}}"],
  ])("may be %s", (_what, controllers) => {
    expect(refusal(withControllers(controllers))).toBe("");
  });

  test.each([
    [
      "both at once",
      "{charts: {mirror: oci://registry.example.com/charts, folder: charts}}",
      'dev.yaml:17 controllers.charts.folder: must be left out where controllers.charts.mirror is given: charts come from one place, got "charts"',
    ],
    [
      "a mirror that is no OCI registry",
      "{charts: {mirror: https://charts.example.com}}",
      'dev.yaml:17 controllers.charts.mirror: must be an OCI address in lower case, without a slash at its end, got "https://charts.example.com"',
    ],
    [
      "a mirror with upper case, which registries do not have",
      "{charts: {mirror: oci://registry.example.com/Charts}}",
      'dev.yaml:17 controllers.charts.mirror: must be an OCI address in lower case, without a slash at its end, got "oci://registry.example.com/Charts"',
    ],
    [
      "a folder of this machine alone",
      "{charts: {folder: /srv/charts}}",
      'dev.yaml:17 controllers.charts.folder: must be a folder of the repository, relative to its root, got "/srv/charts"',
    ],
    [
      "a folder outside the repository",
      "{charts: {folder: ../charts}}",
      'dev.yaml:17 controllers.charts.folder: must be a folder of the repository, relative to its root, got "../charts"',
    ],
  ])("is not %s", (_what, controllers, message) => {
    expect(refusal(withControllers(controllers))).toBe(message);
  });
});

describe("MIG slices", () => {
  test("need the GPU operator, which cuts GPUs", () => {
    expect(refusal(withSharing("{mig: {profile: 1g.5gb}}"))).toBe(
      'dev.yaml:17 nodePools.gpu.l4.sharing.mig: must be left out, or controllers.gpus be gpu-operator: the device plugin alone cuts no GPU, got "1g.5gb"; allowed: Bottlerocket cuts its own',
    );
  });

  test.each([
    ["with the GPU operator", withSharing("{mig: {profile: 1g.5gb}}", "controllers: {gpus: gpu-operator}\n")],
    ["on Bottlerocket", withSharing("{mig: {profile: 1g.5gb}}", "      operatingSystem: bottlerocket\n")],
    ["in a cluster without the layer", withSharing("{mig: {profile: 1g.5gb}}", "controllers: {enabled: false}\n")],
  ])("are accepted %s", (_where, text) => {
    expect(refusal(text)).toBe("");
  });
});

test.each([
  ["dev", false],
  ["staging", true],
  ["prod", true],
] as const)("have two replicas each in stage %s: %s", (stage, highAvailability) => {
  expect(STAGE_DEFAULTS[stage].environment.controllers).toEqual({ highAvailability });
});
