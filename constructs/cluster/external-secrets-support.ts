import { Construct } from "constructs";
import { Grant } from "../core/grants";
import type { EnvironmentIdentity } from "../core/naming";
import { partitionOf } from "../core/partition";
import type { IKey } from "../encryption/key";
import { READ_SECRET_ACTIONS } from "../encryption/perms";
import type { ISecret } from "../encryption/secret";
import { type IPodRole, PodRole } from "../identity/pod-role";
import type { ICluster } from "./cluster";

/** What External Secrets needs of AWS, for those who install it. */
export interface IExternalSecretsSupport {
  /** Role of the controller. A secret that has another name is read by it after `secret.grantRead(controllerRole)`. */
  readonly controllerRole: IPodRole;
  /** Namespace that the controller's pods must run in. */
  readonly namespaceName: string;
  /** Service account that the controller's pods must run as. */
  readonly serviceAccountName: string;
}

/** What the caller chooses about an `ExternalSecretsSupport`. */
export interface ExternalSecretsSupportOptions {
  /**
   * Keys that encrypt secrets of the environment.
   *
   * @default - none: only secrets under the account's AWS-managed key `aws/secretsmanager` can be read
   */
  readonly encryptionKeys?: readonly IKey[];
  /**
   * Secrets besides those of the environment, such as the one that AWS makes for a database.
   *
   * @default - none
   */
  readonly furtherSecrets?: readonly ISecret[];
}

/** What an `ExternalSecretsSupport` is made of. */
export interface ExternalSecretsSupportProps extends ExternalSecretsSupportOptions {
  /** The cluster that secrets are brought into. */
  readonly cluster: ICluster;
}

/** What External Secrets needs of AWS, defined elsewhere. */
export interface ExternalSecretsSupportAttributes {
  /** ARN of the role of the controller. */
  readonly controllerRoleArn: string;
}

const PODS = { namespaceName: "external-secrets", serviceAccountName: "external-secrets" };

/**
 * The AWS side of External Secrets, which brings secrets of AWS Secrets Manager into namespaces: the role of its pods. It may
 * read the secrets named `<project>/<stage>/…`, as `Secret` names them, and those given to it; it can neither list secrets nor
 * write any. The controller itself comes with the Kubernetes layers.
 *
 * @example
 * const secrets = new ExternalSecretsSupport(this, "ExternalSecrets", { cluster, encryptionKeys: [key] });
 * databaseSecret.grantRead(secrets.controllerRole);
 *
 * @see https://external-secrets.io/latest/provider/aws-secrets-manager/
 */
export class ExternalSecretsSupport extends Construct implements IExternalSecretsSupport {
  /**
   * What is defined elsewhere, in the same account.
   *
   * @throws ValidationError `INVALID_POD_ROLE_ATTRIBUTES` when the ARN is not that of a role
   */
  static fromExternalSecretsSupportAttributes(
    scope: Construct,
    id: string,
    attributes: ExternalSecretsSupportAttributes,
  ): IExternalSecretsSupport {
    const roleArn = attributes.controllerRoleArn;
    const controllerRole = PodRole.fromPodRoleAttributes(new Construct(scope, id), "ControllerRole", { roleArn });
    return { ...PODS, controllerRole };
  }

  readonly controllerRole: IPodRole;
  readonly namespaceName = PODS.namespaceName;
  readonly serviceAccountName = PODS.serviceAccountName;

  constructor(scope: Construct, id: string, props: ExternalSecretsSupportProps) {
    super(scope, id);
    const { cluster, encryptionKeys = [], furtherSecrets = [] } = props;
    const { identity, clusterName } = cluster;

    const controllerRole = new PodRole(this, "ControllerRole", {
      identity,
      clusterName,
      name: "eks-external-secrets",
      namespace: PODS.namespaceName,
      serviceAccount: PODS.serviceAccountName,
    });
    const resources = [environmentSecrets(identity)];
    Grant.addToPrincipal({ grantee: controllerRole, actions: READ_SECRET_ACTIONS, resources });
    encryptionKeys.forEach((key) => key.grantDecrypt(controllerRole));
    furtherSecrets.forEach((secret) => secret.grantRead(controllerRole));

    this.controllerRole = controllerRole;
  }
}

/** The slash at the end keeps `atlas/dev` apart from `atlas/dev2`. */
function environmentSecrets({ project, stage, account, region }: EnvironmentIdentity): string {
  return `arn:${partitionOf(region)}:secretsmanager:${region}:${account}:secret:${project}/${stage}/*`;
}
