import { refusal, withChange } from "../environment-fixture";

describe("instance types", () => {
  test.each([
    {
      behaviour: "refuses a CPU type in a GPU pool",
      before: "[g6.xlarge, g6.2xlarge]",
      after: "[m7i.large]",
      message:
        'dev.yaml:15 nodePools.gpu.l4.instanceTypes[0]: must be a GPU instance type, got "m7i.large"; allowed: for example g6.xlarge, g6e.xlarge, p5.48xlarge',
    },
    {
      behaviour: "refuses a GPU type that does not exist and names the nearest",
      before: "[g6.xlarge, g6.2xlarge]",
      after: "[g6.xlrge]",
      message:
        'dev.yaml:15 nodePools.gpu.l4.instanceTypes[0]: must be an instance type that the catalogue knows (did you mean "g6.xlarge"?), got "g6.xlrge"; allowed: for example g6.xlarge, g6e.xlarge, p5.48xlarge',
    },
    {
      behaviour: "refuses GPUs of another maker",
      before: "[g6.xlarge, g6.2xlarge]",
      after: "[g4ad.xlarge]",
      message:
        'dev.yaml:15 nodePools.gpu.l4.instanceTypes[0]: must be an instance type with NVIDIA GPUs, got "g4ad.xlarge"; allowed: for example g6.xlarge, g6e.xlarge, p5.48xlarge',
    },
    {
      behaviour: "refuses other accelerators in a GPU pool",
      before: "[g6.xlarge, g6.2xlarge]",
      after: "[trn1.2xlarge]",
      message:
        'dev.yaml:15 nodePools.gpu.l4.instanceTypes[0]: must be an instance type with NVIDIA GPUs, got "trn1.2xlarge"; allowed: for example g6.xlarge, g6e.xlarge, p5.48xlarge',
    },
    {
      behaviour: "refuses a fraction of a GPU",
      before: "[g6.xlarge, g6.2xlarge]",
      after: "[g6f.xlarge]",
      message:
        'dev.yaml:15 nodePools.gpu.l4.instanceTypes[0]: must be a GPU instance type with whole GPUs, got "g6f.xlarge"; allowed: for example g6.xlarge, g6e.xlarge, p5.48xlarge',
    },
    {
      behaviour: "refuses a GPU type in a CPU pool",
      before: "nodePools:",
      after: "nodePools:\n  cpu: {batch: {instanceTypes: [g6.xlarge]}}",
      message:
        'dev.yaml:13 nodePools.cpu.batch.instanceTypes[0]: must be a CPU instance type, got "g6.xlarge"; allowed: for example m7i.large, m7g.large, c7i.2xlarge',
    },
    {
      behaviour: "refuses a GPU type in the system pool",
      before: "nodePools:",
      after: "nodePools:\n  system: {instanceTypes: [g5.xlarge]}",
      message:
        'dev.yaml:13 nodePools.system.instanceTypes[0]: must be a CPU instance type, got "g5.xlarge"; allowed: for example m7i.large, m7g.large, c7i.2xlarge',
    },
    {
      behaviour: "suggests no GPU type for a misspelt CPU type",
      before: "nodePools:",
      after: "nodePools:\n  cpu: {batch: {instanceTypes: [m7i.larg]}}",
      message:
        'dev.yaml:13 nodePools.cpu.batch.instanceTypes[0]: must be an instance type that the catalogue knows (did you mean "m7i.large"?), got "m7i.larg"; allowed: for example m7i.large, m7g.large, c7i.2xlarge',
    },
    {
      behaviour: "refuses two kinds of GPU in a pool",
      before: "[g6.xlarge, g6.2xlarge]",
      after: "[g6.xlarge, g6e.2xlarge]",
      message:
        'dev.yaml:15 nodePools.gpu.l4.instanceTypes: must all have the same GPU (g6.xlarge is l4, g6e.2xlarge is l40s), got ["g6.xlarge","g6e.2xlarge"]',
    },
    {
      behaviour: "refuses two CPU architectures in a pool",
      before: "nodePools:",
      after: "nodePools:\n  cpu: {batch: {instanceTypes: [m7i.large, m7g.large]}}",
      message:
        'dev.yaml:13 nodePools.cpu.batch.instanceTypes: must all have the same CPU architecture (m7i.large is amd64, m7g.large is arm64), got ["m7i.large","m7g.large"]',
    },
    {
      behaviour: "refuses a type named twice",
      before: "[g6.xlarge, g6.2xlarge]",
      after: "[g6.xlarge, g6.xlarge]",
      message: 'dev.yaml:15 nodePools.gpu.l4.instanceTypes[1]: must not name an instance type twice, got "g6.xlarge"',
    },
    {
      behaviour: "refuses a pool without types",
      before: "[g6.xlarge, g6.2xlarge]",
      after: "[]",
      message: "dev.yaml:15 nodePools.gpu.l4.instanceTypes: must name 1 to 20 instance types, got []",
    },
    {
      behaviour: "refuses a twenty-first type",
      before: "[g6.xlarge, g6.2xlarge]",
      after:
        "[g6.xlarge, g6.2xlarge, g6.4xlarge, g6.8xlarge, g6.12xlarge, g6.16xlarge, g6.24xlarge, g6.48xlarge, gr6.4xlarge, gr6.8xlarge, g6.xlarge, g6.2xlarge, g6.4xlarge, g6.8xlarge, g6.12xlarge, g6.16xlarge, g6.24xlarge, g6.48xlarge, gr6.4xlarge, gr6.8xlarge, g6.xlarge]",
      message: [
        'dev.yaml:15 nodePools.gpu.l4.instanceTypes: must name 1 to 20 instance types, got ["g6.xlarge","g6.2xlarge","g6.4xlarge","g6.8xlarge","g6.12xlarge","g6.16xlarge",…',
        'dev.yaml:15 nodePools.gpu.l4.instanceTypes[10]: must not name an instance type twice, got "g6.xlarge"',
        'dev.yaml:15 nodePools.gpu.l4.instanceTypes[11]: must not name an instance type twice, got "g6.2xlarge"',
        'dev.yaml:15 nodePools.gpu.l4.instanceTypes[12]: must not name an instance type twice, got "g6.4xlarge"',
        'dev.yaml:15 nodePools.gpu.l4.instanceTypes[13]: must not name an instance type twice, got "g6.8xlarge"',
        'dev.yaml:15 nodePools.gpu.l4.instanceTypes[14]: must not name an instance type twice, got "g6.12xlarge"',
        'dev.yaml:15 nodePools.gpu.l4.instanceTypes[15]: must not name an instance type twice, got "g6.16xlarge"',
        'dev.yaml:15 nodePools.gpu.l4.instanceTypes[16]: must not name an instance type twice, got "g6.24xlarge"',
        'dev.yaml:15 nodePools.gpu.l4.instanceTypes[17]: must not name an instance type twice, got "g6.48xlarge"',
        'dev.yaml:15 nodePools.gpu.l4.instanceTypes[18]: must not name an instance type twice, got "gr6.4xlarge"',
        'dev.yaml:15 nodePools.gpu.l4.instanceTypes[19]: must not name an instance type twice, got "gr6.8xlarge"',
        'dev.yaml:15 nodePools.gpu.l4.instanceTypes[20]: must not name an instance type twice, got "g6.xlarge"',
      ].join("\n"),
    },
  ])("$behaviour", ({ before, after, message }) => {
    expect(refusal(withChange(before, after))).toBe(message);
  });

  test.each([
    { behaviour: "accepts GPU types on arm64", before: "[g6.xlarge, g6.2xlarge]", after: "[g5g.xlarge, g5g.2xlarge]" },
    {
      behaviour: "accepts sizes with different numbers of the same GPU",
      before: "[g6.xlarge, g6.2xlarge]",
      after: "[g6.xlarge, g6.12xlarge]",
    },
    {
      behaviour: "accepts arm64 in a CPU pool",
      before: "nodePools:",
      after: "nodePools:\n  cpu: {batch: {instanceTypes: [m7g.large, c7g.xlarge]}}",
    },
  ])("$behaviour", ({ before, after }) => {
    expect(refusal(withChange(before, after))).toBe("");
  });
});

describe("instance types of Neuron pools", () => {
  const withNeuron = (type: string) =>
    withChange("nodePools:", `nodePools:\n  neuron: {inf: {instanceTypes: [${type}], maxSize: 1}}`);

  test("refuses GPUs there", () => {
    expect(refusal(withNeuron("g6.xlarge"))).toBe(
      'dev.yaml:13 nodePools.neuron.inf.instanceTypes[0]: must be an instance type with AWS Inferentia or Trainium, got "g6.xlarge"; allowed: for example inf2.xlarge, trn1.32xlarge',
    );
  });

  test("accepts Inferentia", () => {
    expect(refusal(withNeuron("inf2.xlarge"))).toBe("");
  });
});
