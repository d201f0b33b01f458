import { generateKeyPairSync, randomBytes } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import type { CertificateFiles, ControlPlanePaths } from "../control-plane-paths";
import { writePrivately } from "../files/write-privately";
import type { CertificateWithKey } from "./certificate-authority";
import { createAuthority, issueCertificate } from "./certificate-authority";
import { authorityProblem, certificateProblem } from "./certificate-check";
import type { AuthorityName, CertificateName } from "./control-plane-certificates";
import { AUTHORITIES, CERTIFICATES, certificateRequests } from "./control-plane-certificates";

/** What the certificates are made for. */
export interface PublicKeyInfrastructureOptions {
  readonly paths: ControlPlanePaths;
  readonly serviceCidr: string;
  readonly log: (line: string) => void;
  /**
   * The time.
   * @default - the clock
   */
  readonly now?: Date;
}

/** Every key and certificate of a control plane, as read from its folder. */
export interface PublicKeyInfrastructure {
  readonly authorities: Readonly<Record<AuthorityName, CertificateWithKey>>;
  readonly certificates: Readonly<Record<CertificateName, CertificateWithKey>>;
  /** 32 bytes, base64: what Secrets are encrypted with at rest. */
  readonly encryptionKey: string;
}

const ENCRYPTION_KEY_BYTES = 32;

/**
 * Reads the keys and certificates of a control plane, and makes what is missing, damaged, for another use, or ends
 * within 30 days.
 *
 * An authority is kept for as long as it is good, so that clients keep trusting the server; the keys of service
 * accounts and of Secrets are kept for ever, since what they signed and encrypted is still there.
 */
export async function preparePublicKeyInfrastructure(
  options: PublicKeyInfrastructureOptions,
): Promise<PublicKeyInfrastructure> {
  const { paths, log, now = new Date() } = options;
  const authorities = {} as Record<AuthorityName, CertificateWithKey>;
  for (const name of Object.keys(AUTHORITIES) as AuthorityName[]) {
    const files = paths.authority(name);
    const stored = readPair(files);
    const problem = authorityProblem(stored, now);
    if (stored !== undefined && problem !== undefined) log(`the certificate authority ${name} ${problem}: made anew`);
    authorities[name] =
      stored !== undefined && problem === undefined
        ? stored
        : writePair(files, await createAuthority(AUTHORITIES[name], now));
  }
  const requests = certificateRequests(options.serviceCidr);
  const certificates = {} as Record<CertificateName, CertificateWithKey>;
  for (const name of CERTIFICATES) {
    const files = paths.certificate(name);
    const authority = authorities[requests[name].authority];
    const stored = readPair(files);
    const problem = certificateProblem(stored, authority, requests[name], now);
    if (stored !== undefined && problem !== undefined) log(`the certificate ${name} ${problem}: made anew`);
    certificates[name] =
      stored !== undefined && problem === undefined
        ? stored
        : writePair(files, await issueCertificate(authority, requests[name], now));
  }
  keepServiceAccountKeys(paths);
  return { authorities, certificates, encryptionKey: keepEncryptionKey(paths) };
}

function keepServiceAccountKeys({ serviceAccountKey, serviceAccountPublicKey }: ControlPlanePaths): void {
  if (existsSync(serviceAccountKey) && existsSync(serviceAccountPublicKey)) return;
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  writePrivately(serviceAccountKey, privateKey.export({ type: "pkcs8", format: "pem" }).toString());
  writePrivately(serviceAccountPublicKey, publicKey.export({ type: "spki", format: "pem" }).toString());
}

function keepEncryptionKey({ encryptionKey }: ControlPlanePaths): string {
  if (!existsSync(encryptionKey)) {
    writePrivately(encryptionKey, `${randomBytes(ENCRYPTION_KEY_BYTES).toString("base64")}\n`);
  }
  return readFileSync(encryptionKey, "utf8").trim();
}

function readPair(files: CertificateFiles): CertificateWithKey | undefined {
  if (!existsSync(files.certificate) || !existsSync(files.key)) return undefined;
  return { certificate: readFileSync(files.certificate, "utf8"), key: readFileSync(files.key, "utf8") };
}

/** The key first: a certificate without its key is made anew, a key without its certificate too. */
function writePair(files: CertificateFiles, pair: CertificateWithKey): CertificateWithKey {
  writePrivately(files.key, pair.key);
  writePrivately(files.certificate, pair.certificate);
  return pair;
}
