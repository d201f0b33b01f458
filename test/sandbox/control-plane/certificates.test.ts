import { X509Certificate } from "node:crypto";
import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { X509Certificate as ParsedCertificate, KeyUsagesExtension, KeyUsageFlags } from "@peculiar/x509";
import type { ControlPlanePaths } from "../../../sandbox/control-plane/control-plane-paths";
import { controlPlanePaths } from "../../../sandbox/control-plane/control-plane-paths";
import { createAuthority, issueCertificate } from "../../../sandbox/control-plane/pki/certificate-authority";
import { CERTIFICATES, certificateRequests } from "../../../sandbox/control-plane/pki/control-plane-certificates";
import type { PublicKeyInfrastructure } from "../../../sandbox/control-plane/pki/public-key-infrastructure";
import { preparePublicKeyInfrastructure } from "../../../sandbox/control-plane/pki/public-key-infrastructure";
import { temporaryDirectory } from "../temporary-directory";

const directory = temporaryDirectory();
const CIDR = "172.20.0.0/16";
const DAY_MS = 24 * 60 * 60_000;
const NOW = new Date("2026-03-01T12:00:00Z");
const CLIENT = "1.3.6.1.5.5.7.3.2";
const SERVER = "1.3.6.1.5.5.7.3.1";

let lines: string[] = [];
beforeEach(() => (lines = []));
const paths = (): ControlPlanePaths => controlPlanePaths(directory());
const prepare = (now = NOW, serviceCidr = CIDR): Promise<PublicKeyInfrastructure> =>
  preparePublicKeyInfrastructure({ paths: paths(), serviceCidr, now, log: (line) => lines.push(line) });

test("each certificate is of its authority, for its year, with its key, name and uses", async () => {
  const { authorities, certificates } = await prepare();
  const requests = certificateRequests(CIDR);
  for (const name of CERTIFICATES) {
    const certificate = new X509Certificate(certificates[name].certificate);
    for (const [authority, pair] of Object.entries(authorities)) {
      expect(certificate.verify(new X509Certificate(pair.certificate).publicKey)).toBe(
        authority === requests[name].authority,
      );
    }
    expect(certificate.ca).toBe(false);
    expect(certificate.keyUsage).toEqual(requests[name].usages.map((use) => (use === "client" ? CLIENT : SERVER)));
    expect(Date.parse(certificate.validTo)).toBe(NOW.getTime() + 365 * DAY_MS);
    expect(Date.parse(certificate.validFrom)).toBe(NOW.getTime() - DAY_MS / 24);
  }
  expect(new X509Certificate(certificates.admin.certificate).subject).toBe(
    "O=system:masters\nCN=sandbox-administrator",
  );
  expect(new X509Certificate(certificates["kube-scheduler"].certificate).subject).toBe("CN=system:kube-scheduler");
});

test("the server answers for loopback, for its names in the cluster, and for its service address", async () => {
  const { certificates } = await prepare();
  expect(new X509Certificate(certificates["kube-apiserver"].certificate).subjectAltName).toBe(
    "DNS:localhost, DNS:kubernetes, DNS:kubernetes.default, DNS:kubernetes.default.svc, " +
      "DNS:kubernetes.default.svc.cluster.local, IP Address:127.0.0.1, IP Address:172.20.0.1",
  );
});

test.each([
  ["10.100.0.0/16", "10.100.0.1"],
  ["172.20.77.9/12", "172.16.0.1"],
  ["192.168.5.0/24", "192.168.5.1"],
])("the service address of %s is %s", (cidr, address) => {
  expect(certificateRequests(cidr)["kube-apiserver"].ipAddresses).toEqual(["127.0.0.1", address]);
});

test("authorities sign certificates, and none below them", async () => {
  const { authorities } = await prepare();
  for (const { certificate } of Object.values(authorities)) {
    const parsed = new ParsedCertificate(certificate);
    expect(parsed.getExtension(KeyUsagesExtension)?.usages).toBe(
      KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign | KeyUsageFlags.digitalSignature,
    );
    expect(new X509Certificate(certificate).ca).toBe(true);
    expect(parsed.notAfter).toEqual(new Date(NOW.getTime() + 3650 * DAY_MS));
  }
});

test("everything is kept between starts, and readable by its owner alone", async () => {
  const first = await prepare();
  expect(await prepare(new Date(NOW.getTime() + 300 * DAY_MS))).toEqual(first);
  expect(lines).toEqual([]);
  const { serviceAccountKey, encryptionKey } = paths();
  for (const file of [serviceAccountKey, encryptionKey, paths().certificate("admin").key]) {
    expect(statSync(file).mode & 0o777).toBe(0o600);
  }
  expect(statSync(join(directory(), "pki")).mode & 0o777).toBe(0o700);
  expect(Buffer.from(first.encryptionKey, "base64")).toHaveLength(32);
});

test("certificates that end within 30 days are made anew, authorities and the keys of what is stored stay", async () => {
  const first = await prepare();
  const keys = [readFileSync(paths().serviceAccountKey, "utf8"), first.encryptionKey];
  const later = new Date(NOW.getTime() + 335 * DAY_MS + 1000);
  const second = await prepare(later);
  expect(second.authorities).toEqual(first.authorities);
  expect([readFileSync(paths().serviceAccountKey, "utf8"), second.encryptionKey]).toEqual(keys);
  for (const name of CERTIFICATES) expect(second.certificates[name]).not.toEqual(first.certificates[name]);
  expect(lines).toHaveLength(CERTIFICATES.length);
  expect(lines).toContain("the certificate admin ends on 2027-03-01T12:00:00.000Z: made anew");
});

test("an authority at its end is made anew, with all that it vouched for", async () => {
  const first = await prepare();
  const second = await prepare(new Date(NOW.getTime() + 3640 * DAY_MS));
  expect(second.authorities.cluster).not.toEqual(first.authorities.cluster);
  const authority = new X509Certificate(second.authorities.cluster.certificate);
  expect(new X509Certificate(second.certificates.kwok.certificate).verify(authority.publicKey)).toBe(true);
});

test("no certificate outlives its authority", async () => {
  const authority = await createAuthority("short", new Date(NOW.getTime() - 3600 * DAY_MS));
  const { certificate } = await issueCertificate(authority, { commonName: "x", usages: ["client"] }, NOW);
  expect(new X509Certificate(certificate).validTo).toBe(new X509Certificate(authority.certificate).validTo);
});

const damages: [string, string, () => void][] = [
  ["a changed service range", "is for other addresses", () => undefined],
  ["a lost key", "", () => rmSync(paths().certificate("kube-apiserver").key)],
  [
    "a cut file",
    "is not there, or cannot be read",
    () => writeFileSync(paths().certificate("kube-apiserver").certificate, "-----BEGIN"),
  ],
  [
    "another's key",
    "does not belong to its key",
    () => writeFileSync(paths().certificate("kube-apiserver").key, readFileSync(paths().certificate("kwok").key)),
  ],
  [
    "another's certificate",
    "names somebody else",
    () => {
      for (const part of ["certificate", "key"] as const) {
        writeFileSync(paths().certificate("kube-apiserver")[part], readFileSync(paths().certificate("kwok")[part]));
      }
    },
  ],
];

test.each(damages)("%s is mended", async (what, reason, damage) => {
  await prepare();
  damage();
  const { certificates } = await prepare(NOW, what === "a changed service range" ? "10.100.0.0/16" : CIDR);
  expect(lines).toEqual(reason === "" ? [] : [`the certificate kube-apiserver ${reason}: made anew`]);
  lines = [];
  mkdirSync(directory(), { recursive: true });
  expect((await prepare(NOW, what === "a changed service range" ? "10.100.0.0/16" : CIDR)).certificates).toEqual(
    certificates,
  );
  expect(lines).toEqual([]);
});
