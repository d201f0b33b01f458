import { EksCluster } from "../../../constructs/cluster/eks-cluster";
import { StorageClass, type StorageClassProps } from "../../../constructs/kubernetes/storage-class";
import { importedCluster, importedKey, KEY_ARN, minimalClusterProps, SYSTEM_POOL } from "../../support/cluster";
import { failure } from "../../support/fixtures";
import { kubernetesStack, synthesizeKubernetes } from "../../support/kubernetes";

type Options = Partial<Omit<StorageClassProps, "cluster">>;

const classWith = (options: Options = {}) =>
  synthesizeKubernetes((stack) => {
    new StorageClass(stack, "Class", { cluster: importedCluster(stack), name: "gp3", ...options });
  });
const refused = (options: Options) =>
  failure(() => {
    const stack = kubernetesStack();
    new StorageClass(stack, "Class", { cluster: importedCluster(stack), name: "gp3", ...options });
  });

test("a class makes encrypted gp3 volumes where the first pod is put", () => {
  expect(classWith().resource("kubernetes_storage_class_v1")).toEqual({
    metadata: { name: "gp3", annotations: { "storageclass.kubernetes.io/is-default-class": "false" } },
    storage_provisioner: "ebs.csi.aws.com",
    reclaim_policy: "Delete",
    volume_binding_mode: "WaitForFirstConsumer",
    allow_volume_expansion: true,
    parameters: { type: "gp3", encrypted: "true", "csi.storage.k8s.io/fstype": "ext4" },
  });
});

test("a class passes every choice on", () => {
  const out = synthesizeKubernetes((stack) => {
    new StorageClass(stack, "Class", {
      cluster: importedCluster(stack),
      name: "fast",
      encryptionKey: importedKey(stack),
      defaultClass: true,
      reclaimPolicy: "Retain",
      iops: 80000,
      throughputMiBps: 2000,
      fileSystem: "xfs",
      expandable: false,
    });
  });
  expect(out.resource("kubernetes_storage_class_v1")).toEqual({
    metadata: { name: "fast", annotations: { "storageclass.kubernetes.io/is-default-class": "true" } },
    storage_provisioner: "ebs.csi.aws.com",
    reclaim_policy: "Retain",
    volume_binding_mode: "WaitForFirstConsumer",
    allow_volume_expansion: false,
    parameters: {
      type: "gp3",
      encrypted: "true",
      "csi.storage.k8s.io/fstype": "xfs",
      kmsKeyId: KEY_ARN,
      iops: "80000",
      throughput: "2000",
    },
  });
});

test("volumes are encrypted with the key that the cluster's driver may use", () => {
  const out = synthesizeKubernetes((stack) => {
    const cluster = new EksCluster(stack, "Cluster", {
      ...minimalClusterProps(stack),
      diskKey: importedKey(stack, "DiskKey"),
    });
    cluster.addNodePool("SystemPool", SYSTEM_POOL);
    new StorageClass(stack, "Class", { cluster, name: "gp3" });
  });
  expect(out.resource("kubernetes_storage_class_v1")["parameters"]).toMatchObject({ kmsKeyId: KEY_ARN });
});

test("only one class may be the default", () => {
  const both = () =>
    synthesizeKubernetes((stack) => {
      const cluster = importedCluster(stack);
      new StorageClass(stack, "First", { cluster, name: "first", defaultClass: true });
      new StorageClass(stack, "Second", { cluster, name: "second", defaultClass: true });
    });
  expect(both).toThrow("[test/Second] There must be one storage class that is the default at most: test/First is it");
});

test.each<Options>([
  { iops: 3000 },
  { iops: 8000, throughputMiBps: 2000 },
  { throughputMiBps: 125 },
  { throughputMiBps: 750 },
])("%j is taken", (options) => {
  expect(Object.keys(classWith(options).resources("kubernetes_storage_class_v1"))).toEqual(["Class/Resource"]);
});

test.each<[Options, string]>([
  [{ name: "GP3" }, '`name` must be a DNS subdomain: at most 253 characters, DNS labels joined by dots, got "GP3"'],
  [{ iops: 2999 }, "`iops` must be a whole number from 3000 to 80000, got 2999"],
  [{ iops: 80001 }, "`iops` must be a whole number from 3000 to 80000, got 80001"],
  [{ throughputMiBps: 124 }, "`throughputMiBps` must be a whole number of MiB per second from 125 to 2000, got 124"],
  [
    { iops: 80000, throughputMiBps: 2001 },
    "`throughputMiBps` must be a whole number of MiB per second from 125 to 2000, got 2001",
  ],
  [{ throughputMiBps: 751 }, "`throughputMiBps` must be at most 750, a quarter of `iops` (3000), got 751"],
])("%j is refused", (options, line) => {
  expect(refused(options)).toEqual({ code: "INVALID_STORAGE_CLASS_PROPS", message: `${line}\n  in test/Class` });
});

test("an imported class has its name", () => {
  const stack = kubernetesStack();
  const imported = StorageClass.fromStorageClassName(stack, "Gp2", "gp2");
  expect(imported).toMatchObject({ storageClassName: "gp2", resource: undefined });
  expect(failure(() => StorageClass.fromStorageClassName(stack, "Other", "a b")).code).toBe(
    "INVALID_STORAGE_CLASS_NAME",
  );
});
