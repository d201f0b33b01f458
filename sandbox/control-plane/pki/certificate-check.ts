import { createPrivateKey, X509Certificate } from "node:crypto";
import type { CertificateRequest, CertificateWithKey } from "./certificate-authority";

/** Certificates that would end within this time are made anew. */
export const RENEWAL_MS = 30 * 24 * 60 * 60_000;

/**
 * What keeps an authority from being used on.
 *
 * @returns undefined when nothing does
 */
export function authorityProblem(pair: CertificateWithKey | undefined, now: Date): string | undefined {
  const certificate = read(pair);
  if (pair === undefined || certificate === undefined) return "is not there, or cannot be read";
  if (!certificate.ca) return "is no certificate authority";
  if (!certificate.checkPrivateKey(createPrivateKey(pair.key))) return "does not belong to its key";
  return endsSoon(certificate, now);
}

/**
 * What keeps a certificate from being used on.
 *
 * @returns undefined when nothing does
 */
export function certificateProblem(
  pair: CertificateWithKey | undefined,
  authority: CertificateWithKey,
  request: CertificateRequest,
  now: Date,
): string | undefined {
  const certificate = read(pair);
  if (pair === undefined || certificate === undefined) return "is not there, or cannot be read";
  if (!certificate.checkPrivateKey(createPrivateKey(pair.key))) return "does not belong to its key";
  const issuer = new X509Certificate(authority.certificate);
  if (!certificate.checkIssued(issuer) || !certificate.verify(issuer.publicKey)) return "is of another authority";
  if (certificate.subject !== subjectOf(request)) return "names somebody else";
  if (alternativeNamesOf(certificate) !== wantedNames(request)) return "is for other addresses";
  return endsSoon(certificate, now);
}

function endsSoon(certificate: X509Certificate, now: Date): string | undefined {
  const left = Date.parse(certificate.validTo) - now.getTime();
  return left < RENEWAL_MS ? `ends on ${new Date(certificate.validTo).toISOString()}` : undefined;
}

function read(pair: CertificateWithKey | undefined): X509Certificate | undefined {
  if (pair === undefined) return undefined;
  try {
    createPrivateKey(pair.key);
    return new X509Certificate(pair.certificate);
  } catch {
    return undefined;
  }
}

function subjectOf({ organizations = [], commonName }: CertificateRequest): string {
  return [...organizations.map((name) => `O=${name}`), `CN=${commonName}`].join("\n");
}

function alternativeNamesOf(certificate: X509Certificate): string {
  return (certificate.subjectAltName ?? "").split(", ").sort().join();
}

function wantedNames({ dnsNames = [], ipAddresses = [] }: CertificateRequest): string {
  const names = [...dnsNames.map((name) => `DNS:${name}`), ...ipAddresses.map((address) => `IP Address:${address}`)];
  return names.sort().join();
}
