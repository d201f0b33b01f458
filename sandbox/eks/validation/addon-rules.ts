import { invalidParameter, invalidRequest, type ErrorSubject } from "../errors";
import { parseConfiguration, unknownKey } from "../model/addon-configuration";
import type { AddonFacts, EksCatalog } from "../model/catalog-port";

/** An add-on wanted at a version on a Kubernetes version. */
export interface AddonChoice {
  readonly addonName: string;
  /** Absent: the default of the Kubernetes version. */
  readonly addonVersion?: string;
  readonly kubernetesVersion: string;
}

/**
 * Finds the build of an add-on.
 *
 * @throws EksApiError InvalidParameterException naming what is offered
 */
export function chooseAddonVersion(catalog: EksCatalog, choice: AddonChoice, subject: ErrorSubject): string {
  const { addonName, addonVersion, kubernetesVersion } = choice;
  const addon = findOffered(catalog, addonName, subject);
  const offered = addon.versions[kubernetesVersion];
  if (offered === undefined) {
    throw invalidParameter(
      `Addon ${addonName} is not supported on Kubernetes version ${kubernetesVersion} (supported: ${Object.keys(addon.versions).join(", ")})`,
      subject,
    );
  }
  if (addonVersion === undefined || addonVersion === offered) return offered;
  throw invalidParameter(
    `Addon version specified is not supported: ${addonName} ${addonVersion} on Kubernetes version ${kubernetesVersion} (supported: ${offered})`,
    subject,
  );
}

/** Configuration values are a JSON or YAML object; what looks like JSON must be JSON, and fit the add-on's schema. */
export function requireConfigurationValues(addonName: string, values: string | undefined, subject: ErrorSubject): void {
  const unknown = unknownKey(addonName, parsed(values, subject));
  if (unknown === undefined) return;
  throw invalidParameter(
    `ConfigurationValue provided in request is not supported: Json schema validation failed with error: [${unknown}: is not defined in the schema and the schema does not allow additional properties]`,
    subject,
  );
}

function parsed(values: string | undefined, subject: ErrorSubject): Readonly<Record<string, unknown>> {
  try {
    return parseConfiguration(values) ?? {};
  } catch {
    throw invalidParameter(`ConfigurationValue provided in request is not valid JSON, got ${values}`, subject);
  }
}

/** A role reaches an add-on's service account in one way. */
export function requireOneRoleWay(
  serviceAccountRoleArn: string | undefined,
  associations: readonly { readonly serviceAccount: string }[] | undefined,
  subject: ErrorSubject,
): void {
  if (serviceAccountRoleArn !== undefined && (associations ?? []).length > 0) {
    throw invalidRequest("An add-on takes either serviceAccountRoleArn or podIdentityAssociations, not both", subject);
  }
  const names = (associations ?? []).map((association) => association.serviceAccount);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) {
    throw invalidParameter(`podIdentityAssociations names the service account ${twice} twice`, subject);
  }
}

function findOffered(catalog: EksCatalog, name: string, subject: ErrorSubject): AddonFacts {
  const addon = catalog.addons.find((known) => known.name === name);
  if (addon !== undefined) return addon;
  const names = catalog.addons.map((known) => known.name).join(", ");
  throw invalidParameter(`Addon ${name} specified is not supported (supported: ${names})`, subject);
}
