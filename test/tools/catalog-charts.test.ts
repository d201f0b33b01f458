import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { command } from "../../tools/catalog-charts/command";
import { temporaryFolder } from "../support/temporary-folder";

type Files = Readonly<Record<string, string>>;

function folderWith(files: Files): string {
  const folder = temporaryFolder();
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

/** Runs the command; gives what it wrote and what it said. */
async function run(files: Files, ...more: string[]) {
  const into = more.includes("--into") ? (more[more.indexOf("--into") + 1] ?? "") : temporaryFolder();
  const said: string[] = [];
  const args = [folderWith(files), "--as-of", "2026-08-22", "--into", into, ...more];
  await command(
    (line) => said.push(line),
    (text) => Promise.resolve(text),
  )
    .exitOverride()
    .configureOutput({ writeErr: () => undefined })
    .parseAsync(args, { from: "user" });
  const read = (name: string) =>
    JSON.parse(readFileSync(join(into, `${name}.json`), "utf8")) as Record<string, unknown>;
  return { into, said, read };
}

const REPOSITORY = ["--repository", "web=oci://example.com/charts/web"];
const CHART = `
apiVersion: v2
name: web
version: v1.2.3
appVersion: 4.5
kubeVersion: ">=1.28.0-0 <1.40.0"
description: Words of its maintainers.
dependencies:
  - { name: cache, version: 1.x.x, alias: redis, condition: "redis.enabled,tags.all" }
  - { name: absent, version: 2.0.0 }
`;
const VALUES = `
# A comment of its maintainers.
replicas: 2
image: { repository: example.com/secret-default, tag: "" }
service: { type: ClusterIP, port: 80, annotations: { a: b } }
resources: { limits: { cpu: 100m } }
extra: {}
settings: { level: info, more: { deep: true } }
shared: { one: 1 }
maybe: null
args: [a]
"web.conf": { listen: 8080 }
pdb: { minAvailable: 1 }
`;
const TEMPLATE = `
{{- /* .Values.commented */ -}}
apiVersion: apps/v1
kind: Deployment
spec:
  name: {{ required "say it" .Values.clusterName }}
  x: {{ .Values.service.nodePort | default "a.b" }}
  {{- with .Values.settings }}
  {{- if .level }}{{ .hidden }}{{ $.Values.rooted }}{{- end }}
  {{- toYaml .more | nindent 4 }}
  {{- end }}
  {{- range $key, $value := .Values.shared }}
  - {{ .notAValue }} {{ $key }}
  {{- end }}
  {{- if .Values.metrics.enabled }}
  {{ required "only then" .Values.metrics.port }} {{ index .Values "maybe" "web" }} {{ index .Values.odd "a-b" "c" }}
  {{- end }}
`;
const SCHEMA = JSON.stringify({
  $defs: { size: { type: ["integer", "string"] } },
  properties: {
    replicas: { $ref: "#/$defs/size" },
    fromSchema: { type: "object", properties: { flag: { type: "boolean" } } },
    service: { properties: { port: { type: "integer" } } },
  },
});
const DEFINITION = `
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata:
  name: things.example.com
  {{- with .Values.crdAnnotations }}
  annotations: {{ toYaml . }}
  {{- end }}
spec:
  group: example.com
  names: { kind: Thing }
  versions: [{ name: v1, served: true }, { name: v1beta1, served: false }]
`;
const WEB: Files = {
  "web/Chart.yaml": CHART,
  "web/values.yaml": VALUES,
  "web/values.schema.json": SCHEMA,
  "web/templates/deployment.yaml": TEMPLATE,
  "web/templates/crds/things.yaml": DEFINITION,
  "web/crds/other.yaml": DEFINITION.replaceAll("Thing", "Other").replace(/ +\{\{.*\n|.*toYaml.*\n/g, ""),
  "web/charts/cache/Chart.yaml": "name: cache\nversion: 1.0.0\n",
  "web/charts/cache/values.yaml": "port: 6379\nauth: { enabled: true }\n",
  "web/charts/cache/templates/pod.yaml": "kind: StatefulSet\nx: {{ .Values.inner }}\n",
  "notes.txt": "not a chart",
};

describe("a folder of charts becomes a catalogue", () => {
  const made = run(WEB, ...REPOSITORY);

  test("with what is short in the index", async () => {
    expect((await made).read("index")["charts"]).toEqual({
      web: {
        version: "v1.2.3",
        appVersion: "4.5",
        repository: "oci://example.com/charts",
        oldestKubernetes: "1.28",
        asOf: "2026-08-22",
      },
    });
  });

  test("with keys and types of defaults, schema, templates and inner charts, and nothing else", async () => {
    expect((await made).read("web")).toEqual({
      dependencies: [
        { name: "cache", version: "1.x.x", alias: "redis", condition: "redis.enabled,tags.all" },
        { name: "absent", version: "2.0.0" },
      ],
      crds: ["example.com/Other/v1", "example.com/Thing/v1"],
      kinds: ["CustomResourceDefinition", "Deployment", "StatefulSet"],
      required: ["clusterName"],
      values: {
        absent: "map",
        args: "list",
        clusterName: "any",
        crdAnnotations: "any",
        extra: "map",
        "fromSchema.flag": "bool",
        "image.repository": "string",
        "image.tag": "string",
        maybe: "any",
        "metrics.enabled": "any",
        "metrics.port": "any",
        "odd.a-b.c": "any",
        "pdb.minAvailable": "any",
        "redis.auth.enabled": "bool",
        "redis.enabled": "bool",
        "redis.inner": "any",
        "redis.port": "number",
        replicas: "any",
        resources: "map",
        rooted: "any",
        "service.annotations": "map",
        "service.nodePort": "any",
        "service.port": "number",
        "service.type": "string",
        "settings.hidden": "any",
        "settings.level": "string",
        "settings.more": "map",
        "settings.more.deep": "bool",
        shared: "map",
        "shared.one": "number",
        "tags.all": "bool",
        "web\\.conf": "map",
      },
    });
  });

  test("with a word about what could not be read", async () => {
    const { said, into } = await made;
    expect(said).toEqual([
      "web: the chart absent inside it is not unpacked in charts/absent; any value of it is taken",
      `${join(into, "web.json")}: web v1.2.3, 32 values`,
    ]);
  });

  test("which another run changes only where it has the chart", async () => {
    const { into, read } = await run(WEB, ...REPOSITORY);
    const next = {
      "web/Chart.yaml": CHART.replace("v1.2.3", "v2.0.0"),
      "api/Chart.yaml": "name: api\nversion: 1.0.0\n",
    };
    const { said } = await run(next, "--into", into, "--repository", "api=https://example.com/");
    expect(read("index")["charts"]).toMatchObject({
      api: { version: "1.0.0", repository: "https://example.com" },
      web: { version: "v2.0.0", repository: "oci://example.com/charts" },
    });
    expect(said.at(-1)).toMatch(/web v2\.0\.0, was v1\.2\.3/);
  });
});

test.each([
  [
    "of an unknown repository",
    { "web/Chart.yaml": CHART },
    [],
    "chart web: where is it published? Say --repository web=ADDRESS",
  ],
  [
    "without a version",
    { "web/Chart.yaml": "name: web\n" },
    REPOSITORY,
    "chart web: its Chart.yaml has no name or no version",
  ],
  [
    "for a Kubernetes without a lower end",
    { "web/Chart.yaml": CHART.replace(">=1.28.0-0 <", "<") },
    REPOSITORY,
    'chart web: its kubeVersion "<1.40.0" has no lower end',
  ],
])("a chart %s is refused", async (_case, files, more, message) => {
  await expect(run(files, ...more)).rejects.toThrow(message);
});

test.each([
  ["a folder without charts", [], "no folder in it holds a Chart.yaml"],
  ["a date that is none", ["--as-of", "August"], "write it as YYYY-MM-DD or YYYY-MM"],
  ["a repository without an address", ["--repository", "web"], "write it as CHART=https://… or CHART=oci://…"],
])("%s is refused", async (_case, more, message) => {
  await expect(run({ "notes.txt": "" }, ...more)).rejects.toThrow(message);
});

test("facts found by another program are taken too", async () => {
  const facts = {
    chart: "web",
    version: "1.2.3",
    appVersion: null,
    repository: "https://example.com",
    kubeVersion: null,
    dependencies: [{ name: "cache", version: "1.0.0", alias: null }],
    crds: [],
    kinds: { Deployment: 2 },
    variants: { "more=true": { crds: ["example.com/Thing/v1"], kinds: { Job: 1 } } },
    values: { image: "map", "image.tag": "string", port: "int", maybe: "null", free: "map", "resources.limits": "map" },
    openMaps: ["free"],
    otherPaths: ["extra"],
    requiredValues: ["image.tag"],
    stubbed: ["cache"],
    images: ["example.com/web:1"],
  };
  const { read } = await run({ "web.json": JSON.stringify(facts) }, "--facts");
  expect(read("web")).toEqual({
    dependencies: [{ name: "cache", version: "1.0.0" }],
    crds: ["example.com/Thing/v1"],
    kinds: ["Deployment", "Job"],
    required: ["image.tag"],
    values: {
      cache: "map",
      extra: "any",
      free: "map",
      "image.tag": "string",
      maybe: "any",
      port: "number",
      resources: "map",
    },
  });
  await expect(run({ "web.json": JSON.stringify({ ...facts, values: { a: "date" } }) }, "--facts")).rejects.toThrow(
    'chart web: a has the unknown type "date"',
  );
});
