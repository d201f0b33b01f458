import {
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  type Extension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  PemConverter,
  SubjectAlternativeNameExtension,
  SubjectKeyIdentifierExtension,
  X509Certificate,
  X509CertificateGenerator,
} from "@peculiar/x509";
import { createPrivateKey, randomBytes, webcrypto } from "node:crypto";

/** A certificate and the key that belongs to it, both PEM. */
export interface CertificateWithKey {
  readonly certificate: string;
  /** PKCS #8. */
  readonly key: string;
}

/** What a certificate states. */
export interface CertificateRequest {
  readonly commonName: string;
  /**
   * Groups of the identity.
   * @default - none
   */
  readonly organizations?: readonly string[];
  readonly usages: readonly ("client" | "server")[];
  /** @default - none */
  readonly dnsNames?: readonly string[];
  /** @default - none */
  readonly ipAddresses?: readonly string[];
}

const ALGORITHM = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" } as const;
const USAGES = { client: ExtendedKeyUsage.clientAuth, server: ExtendedKeyUsage.serverAuth } as const;
const DAY_MS = 24 * 60 * 60_000;
/** Clocks of one machine agree, but a clock may be set back a little. */
const BACKDATED_MS = 60 * 60_000;
const AUTHORITY_DAYS = 3650;
const LEAF_DAYS = 365;

/** Makes an authority of its own: ten years, no authorities below it. */
export async function createAuthority(commonName: string, now: Date): Promise<CertificateWithKey> {
  const keys = await newKeys();
  const certificate = await X509CertificateGenerator.createSelfSigned({
    ...period(now, AUTHORITY_DAYS),
    serialNumber: serialNumber(),
    name: [{ CN: [commonName] }],
    signingAlgorithm: ALGORITHM,
    keys,
    extensions: [
      new BasicConstraintsExtension(true, 0, true),
      new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign | KeyUsageFlags.digitalSignature, true),
      await SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return exported(certificate, keys);
}

/** Makes a certificate that an authority vouches for: one year. */
export async function issueCertificate(
  authority: CertificateWithKey,
  request: CertificateRequest,
  now: Date,
): Promise<CertificateWithKey> {
  const issuer = new X509Certificate(authority.certificate);
  const keys = await newKeys();
  const { organizations = [], commonName } = request;
  const certificate = await X509CertificateGenerator.create({
    ...period(now, LEAF_DAYS, issuer.notAfter),
    serialNumber: serialNumber(),
    subject: [...(organizations.length > 0 ? [{ O: [...organizations] }] : []), { CN: [commonName] }],
    issuer: issuer.subjectName,
    publicKey: keys.publicKey,
    signingKey: await signingKey(authority.key),
    signingAlgorithm: ALGORITHM,
    extensions: [
      new BasicConstraintsExtension(false, undefined, true),
      new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
      new ExtendedKeyUsageExtension(request.usages.map((usage) => USAGES[usage])),
      await SubjectKeyIdentifierExtension.create(keys.publicKey),
      await AuthorityKeyIdentifierExtension.create(issuer.publicKey),
      ...alternativeNames(request),
    ],
  });
  return exported(certificate, keys);
}

function alternativeNames({ dnsNames = [], ipAddresses = [] }: CertificateRequest): Extension[] {
  const names = [
    ...dnsNames.map((value) => ({ type: "dns" as const, value })),
    ...ipAddresses.map((value) => ({ type: "ip" as const, value })),
  ];
  return names.length === 0 ? [] : [new SubjectAlternativeNameExtension(names)];
}

/** No certificate outlives the one that vouches for it. */
function period(now: Date, days: number, atMost?: Date): { notBefore: Date; notAfter: Date } {
  const end = now.getTime() + days * DAY_MS;
  return {
    notBefore: new Date(now.getTime() - BACKDATED_MS),
    notAfter: new Date(Math.min(end, atMost?.getTime() ?? end)),
  };
}

/** Sixteen random bytes, the first between 1 and 127: a positive number of a fixed length, as RFC 5280 asks. */
function serialNumber(): string {
  const bytes = randomBytes(16);
  bytes[0] = 1 + ((bytes[0] ?? 0) % 127);
  return bytes.toString("hex");
}

function newKeys(): Promise<webcrypto.CryptoKeyPair> {
  return webcrypto.subtle.generateKey(ALGORITHM, true, ["sign", "verify"]);
}

function signingKey(pem: string): Promise<webcrypto.CryptoKey> {
  const der = createPrivateKey(pem).export({ type: "pkcs8", format: "der" });
  return webcrypto.subtle.importKey("pkcs8", der, ALGORITHM, false, ["sign"]);
}

async function exported(certificate: X509Certificate, keys: webcrypto.CryptoKeyPair): Promise<CertificateWithKey> {
  const der = await webcrypto.subtle.exportKey("pkcs8", keys.privateKey);
  return {
    certificate: `${certificate.toString("pem")}\n`,
    key: `${PemConverter.encode(der, "PRIVATE KEY")}\n`,
  };
}
