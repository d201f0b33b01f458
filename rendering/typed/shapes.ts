type Fields = Readonly<Record<string, unknown>>;

/** What the generic mapping leaves to do, by kind: fields that the provider keeps in another place or another form. */
export const SHAPES: Readonly<Record<string, (fields: Fields) => Fields>> = {
  APIService: (fields) => inSpec(fields, encodeBundle),
  DaemonSet: (fields) =>
    inSpec(fields, ({ strategy, ...spec }) => (strategy === undefined ? spec : { ...spec, updateStrategy: strategy })),
  MutatingWebhookConfiguration: encodeBundles,
  PersistentVolume: (fields) =>
    inSpec(fields, ({ persistentVolumeSource, ...spec }) => ({ ...spec, ...asFields(persistentVolumeSource) })),
  Secret: ({ data, dataWo, binaryData, binaryDataWo, ...fields }) => ({
    ...fields,
    ...secretData({ ...asFields(data), ...asFields(dataWo) }, { ...asFields(binaryData), ...asFields(binaryDataWo) }),
  }),
  StorageClass: ({ allowedTopologies, ...fields }) =>
    allowedTopologies === undefined ? fields : { ...fields, allowedTopologies: [allowedTopologies].flat() },
  ValidatingWebhookConfiguration: encodeBundles,
};

function inSpec(fields: Fields, change: (spec: Fields) => Fields): Fields {
  return { ...fields, spec: change(asFields(fields.spec)) };
}

function asFields(value: unknown): Fields {
  return value !== null && typeof value === "object" ? (value as Fields) : {};
}

/** The provider takes the data of a secret as text, and what is base64 already apart from it. */
function secretData(data: Fields, binaryData: Fields): Fields {
  const encoded = Object.entries(data).map(([key, value]) => [key, base64(String(value))]);
  const all = { ...(Object.fromEntries(encoded) as Fields), ...binaryData };
  return Object.keys(all).length === 0 ? {} : { data: all };
}

function encodeBundles({ webhooks, ...fields }: Fields): Fields {
  const list = Array.isArray(webhooks) ? (webhooks as Fields[]) : [];
  const encoded = list.map((webhook) => ({ ...webhook, clientConfig: encodeBundle(asFields(webhook.clientConfig)) }));
  return { ...fields, webhooks: encoded };
}

function encodeBundle({ caBundle, ...fields }: Fields): Fields {
  return typeof caBundle === "string" ? { ...fields, caBundle: base64(caBundle) } : fields;
}

function base64(text: string): string {
  return Buffer.from(text, "utf8").toString("base64");
}
