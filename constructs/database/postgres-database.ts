import { DbInstance } from "@cdktf/provider-aws/lib/db-instance";
import { DbSubnetGroup } from "@cdktf/provider-aws/lib/db-subnet-group";
import { Construct } from "constructs";
import { findPostgresVersion } from "../../catalog";
import { Connections, type IConnectable } from "../core/connections";
import { ValidationError } from "../core/errors";
import { Grant, type IGrantable } from "../core/grants";
import { checkIdentity } from "../core/identity-checks";
import { type EnvironmentIdentity, NAME_LIMITS, resourceName } from "../core/naming";
import { partitionOf } from "../core/partition";
import { PropChecks } from "../core/prop-checks";
import type { IKey } from "../encryption/key";
import { type ISecret, Secret } from "../encryption/secret";
import { SecurityGroup } from "../network/security-group";
import type { IVpc } from "../network/vpc";
import { CONNECT_ACTIONS } from "./perms";
import type { PostgresDatabaseOptions } from "./postgres-database-options";
import { checkDatabase, checkZoneCount } from "./private/database-checks";
import { type DatabaseSettings, settingsOf } from "./private/database-settings";
import { defineLogGroups, logGroupPrefix, logTypes } from "./private/log-groups";
import { defineMonitoringRole, type MonitoringRole } from "./private/monitoring-role";
import { defineParameterGroup } from "./private/parameter-group";

/** A PostgreSQL database that services connect to. */
export interface IPostgresDatabase extends IConnectable {
  /** Host name of the database. */
  readonly endpointAddress: string;
  /** TCP port of the database. */
  readonly port: number;
  /** Name of the database made with the instance. */
  readonly databaseName: string;
  /** Id of the instance inside IAM, `db-…`; it stays when the instance is renamed. */
  readonly dbiResourceId: string;
  /** User name and password of the master user, as JSON with `username` and `password`. */
  readonly masterSecret: ISecret;
  /** Lets the grantee connect as a database user with a token in place of a password; the user must have the role `rds_iam`. */
  grantConnect(grantee: IGrantable, databaseUser: string): Grant;
  /** Lets the grantee read user name and password of the master user, decryption included. */
  grantReadMasterSecret(grantee: IGrantable): Grant;
}

/** What a `PostgresDatabase` is made of. */
export interface PostgresDatabaseProps extends PostgresDatabaseOptions {
  /** The environment the database belongs to. */
  readonly identity: EnvironmentIdentity;
  /** The network: the database is placed in its private subnets, in two zones or more. */
  readonly vpc: IVpc;
  /**
   * Key that encrypts storage, backups, the master user's secret, performance data and logs. It cannot be changed later, and
   * snapshots are lost with it. CloudWatch Logs must be allowed to use it for `PostgresDatabase.logGroupArn(identity, name)`.
   */
  readonly encryptionKey: IKey;
}

/** An existing database. */
export interface PostgresDatabaseAttributes {
  /** The environment whose account and region the database is in. */
  readonly identity: EnvironmentIdentity;
  /** Host name of the database. */
  readonly endpointAddress: string;
  /**
   * TCP port of the database.
   *
   * @default 5432
   */
  readonly port?: number;
  /** Name of the database. */
  readonly databaseName: string;
  /** Id of the instance inside IAM: `db-…`. */
  readonly dbiResourceId: string;
  /** Id of the security group of the instance. */
  readonly securityGroupId: string;
  /** User name and password of the master user. */
  readonly masterSecret: ISecret;
  /**
   * Whether database users can connect with a token of their IAM role.
   *
   * @default true
   */
  readonly iamAuthentication?: boolean;
}

abstract class PostgresDatabaseBase extends Construct implements IPostgresDatabase {
  abstract readonly endpointAddress: string;
  abstract readonly port: number;
  abstract readonly databaseName: string;
  abstract readonly dbiResourceId: string;
  abstract readonly masterSecret: ISecret;
  abstract readonly connections: Connections;
  protected abstract readonly identity: EnvironmentIdentity;
  protected abstract readonly iamAuthentication: boolean;

  /**
   * Lets the grantee connect as a database user with a token in place of a password; the user must have the role `rds_iam`.
   *
   * @throws ValidationError `IAM_AUTHENTICATION_OFF` when the database takes passwords only
   * @throws ValidationError `INVALID_DATABASE_USER` when no user can have that name
   * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.IAMDBAuth.IAMPolicy.html
   */
  grantConnect(grantee: IGrantable, databaseUser: string): Grant {
    const off = "The database must have `iamAuthentication` for a role to connect with a token, got false";
    if (!this.iamAuthentication) throw new ValidationError("IAM_AUTHENTICATION_OFF", off, this);
    const rule = "must be 1 to 63 lower-case letters, digits, underscores and hyphens, starting with a letter";
    new PropChecks(this, "INVALID_DATABASE_USER")
      .require(DATABASE_USER.test(databaseUser), "databaseUser", rule, databaseUser)
      .throwIfAny();
    const { account, region } = this.identity;
    const user = `arn:${partitionOf(region)}:rds-db:${region}:${account}:dbuser:${this.dbiResourceId}/${databaseUser}`;
    return Grant.addToPrincipal({ grantee, actions: CONNECT_ACTIONS, resources: [user] });
  }

  grantReadMasterSecret(grantee: IGrantable): Grant {
    return this.masterSecret.grantRead(grantee);
  }
}

/**
 * A private PostgreSQL instance of RDS: TLS required, everything encrypted with the given key, the master password made and
 * kept by AWS, its logs in CloudWatch, its load in Database Insights. It lets nobody in until `connections` says so.
 *
 * @example
 * const database = new PostgresDatabase(this, "Database", {
 *   identity,
 *   vpc,
 *   encryptionKey: key,
 *   name: "platform",
 *   engineVersion: "18",
 *   instanceClass: "db.m7g.large",
 *   storageGiB: 100,
 * });
 * database.connections.allowFrom(cluster, Port.tcp(database.port), "Pods reach PostgreSQL");
 * database.grantConnect(trackingRole, "tracking");
 */
export class PostgresDatabase extends PostgresDatabaseBase {
  /**
   * A database that is defined elsewhere.
   *
   * @throws ValidationError `INVALID_POSTGRES_DATABASE_ATTRIBUTES`
   */
  static fromPostgresDatabaseAttributes(
    scope: Construct,
    id: string,
    attributes: PostgresDatabaseAttributes,
  ): IPostgresDatabase {
    return new ImportedPostgresDatabase(scope, id, attributes);
  }

  /**
   * Pattern of the ARNs of an environment's database's log groups, known before they exist: what the key must be allowed to
   * encrypt.
   *
   * @param name the database's `name`
   */
  static logGroupArn(identity: EnvironmentIdentity, name: string): string {
    const { account, region } = identity;
    return `arn:${partitionOf(region)}:logs:${region}:${account}:log-group:${logGroupPrefix(instanceNameOf(identity, name))}*`;
  }

  readonly endpointAddress: string;
  readonly port = POSTGRES_PORT;
  readonly databaseName: string;
  readonly dbiResourceId: string;
  readonly masterSecret: ISecret;
  readonly connections: Connections;
  /** Name of the instance: `<project>-<stage>-<name>`. */
  readonly instanceName: string;
  /** ARN of the instance. */
  readonly instanceArn: string;
  protected readonly identity: EnvironmentIdentity;
  protected readonly iamAuthentication: boolean;

  /** @throws ValidationError `INVALID_POSTGRES_DATABASE_PROPS` */
  constructor(scope: Construct, id: string, props: PostgresDatabaseProps) {
    super(scope, id);
    const { identity, vpc, encryptionKey, ...options } = props;
    const settings = settingsOf(options);

    this.validateProps(props, settings);

    this.identity = identity;
    this.iamAuthentication = settings.iamAuthentication;
    this.instanceName = instanceNameOf(identity, settings.name);
    const securityGroup = new SecurityGroup(this, "SecurityGroup", {
      identity,
      vpc,
      purpose: `${settings.name}-postgres`,
      description: `PostgreSQL ${this.instanceName}`,
    });
    const instance = this.defineInstance(props, settings, securityGroup.securityGroupId);

    this.endpointAddress = instance.address;
    this.databaseName = settings.databaseName;
    this.dbiResourceId = instance.resourceId;
    this.instanceArn = instance.arn;
    this.connections = securityGroup.connections;
    const secretArn = instance.masterUserSecret.get(0).secretArn;
    this.masterSecret = Secret.fromSecretAttributes(this, "MasterSecret", { secretArn, encryptionKey });
  }

  private defineInstance(
    { vpc, encryptionKey }: PostgresDatabaseProps,
    settings: DatabaseSettings,
    securityGroupId: string,
  ): DbInstance {
    const { major } = findPostgresVersion(settings.engineVersion);
    const subnetGroup = new DbSubnetGroup(this, "SubnetGroup", {
      name: this.instanceName,
      description: `Private subnets for ${this.instanceName}`,
      subnetIds: [...vpc.privateSubnetIds],
      tags: { Name: this.instanceName },
    });
    const parameterGroup = defineParameterGroup(this, this.instanceName, major, settings);
    const monitoring = this.defineMonitoring(settings);
    const logGroups = defineLogGroups(this, this.instanceName, encryptionKey, settings);
    return new DbInstance(this, "Resource", {
      identifier: this.instanceName,
      ...engineOf(settings),
      parameterGroupName: parameterGroup.name,
      dbSubnetGroupName: subnetGroup.name,
      vpcSecurityGroupIds: [securityGroupId],
      publiclyAccessible: false,
      port: POSTGRES_PORT,
      ...storageOf(settings, encryptionKey),
      ...backupOf(settings, this.instanceName),
      manageMasterUserPassword: true,
      masterUserSecretKmsKeyId: encryptionKey.keyArn,
      iamDatabaseAuthenticationEnabled: settings.iamAuthentication,
      ...observationOf(settings, encryptionKey),
      monitoringRoleArn: monitoring?.roleArn,
      tags: { Name: this.instanceName },
      lifecycle: settings.deletionProtection ? { preventDestroy: true } : undefined,
      dependsOn: [...logGroups, ...(monitoring ? [monitoring.permissions] : [])],
    });
  }

  private defineMonitoring({ name, monitoringIntervalSeconds }: DatabaseSettings): MonitoringRole | undefined {
    if (monitoringIntervalSeconds === 0) return undefined;
    return defineMonitoringRole(this, this.identity, { name, instanceName: this.instanceName });
  }

  private validateProps({ identity, vpc }: PostgresDatabaseProps, settings: DatabaseSettings): void {
    const checks = checkIdentity(new PropChecks(this, "INVALID_POSTGRES_DATABASE_PROPS"), identity);
    checkZoneCount(checks, vpc.zones);
    checkDatabase(checks, settings);
    checks.throwIfAny();
  }
}

class ImportedPostgresDatabase extends PostgresDatabaseBase {
  readonly endpointAddress: string;
  readonly port: number;
  readonly databaseName: string;
  readonly dbiResourceId: string;
  readonly masterSecret: ISecret;
  readonly connections: Connections;
  protected readonly identity: EnvironmentIdentity;
  protected readonly iamAuthentication: boolean;

  constructor(scope: Construct, id: string, attributes: PostgresDatabaseAttributes) {
    super(scope, id);
    const { identity, port = POSTGRES_PORT, dbiResourceId, iamAuthentication = true } = attributes;
    const validPort = Number.isInteger(port) && port >= 1 && port <= 65535;
    checkIdentity(new PropChecks(this, "INVALID_POSTGRES_DATABASE_ATTRIBUTES"), identity)
      .require(validPort, "port", "must be a whole number from 1 to 65535", port)
      .require(
        RESOURCE_ID.test(dbiResourceId),
        "dbiResourceId",
        "must be db- and capital letters and digits",
        dbiResourceId,
      )
      .throwIfAny();
    this.identity = identity;
    this.endpointAddress = attributes.endpointAddress;
    this.port = port;
    this.databaseName = attributes.databaseName;
    this.dbiResourceId = dbiResourceId;
    this.masterSecret = attributes.masterSecret;
    this.iamAuthentication = iamAuthentication;
    this.connections = new Connections({ scope: this, securityGroupIds: [attributes.securityGroupId] });
  }
}

const POSTGRES_PORT = 5432;
const DATABASE_USER = /^[a-z][a-z0-9_-]{0,62}$/;
const RESOURCE_ID = /^db-[A-Z0-9]+$/;

function instanceNameOf({ project, stage }: EnvironmentIdentity, name: string): string {
  return resourceName([project, stage, name], { max: NAME_LIMITS.dbInstance });
}

function engineOf(settings: DatabaseSettings) {
  return {
    engine: "postgres",
    engineVersion: settings.engineVersion,
    instanceClass: settings.instanceClass,
    multiAz: settings.multiAz,
    dbName: settings.databaseName,
    username: settings.masterUsername,
    caCertIdentifier: settings.certificateAuthority,
    autoMinorVersionUpgrade: settings.autoMinorVersionUpgrade,
    allowMajorVersionUpgrade: settings.allowMajorVersionUpgrade,
    applyImmediately: settings.applyImmediately,
    maintenanceWindow: settings.maintenanceWindow,
  };
}

function storageOf({ storageGiB, maxStorageGiB }: DatabaseSettings, encryptionKey: IKey) {
  return {
    storageType: "gp3",
    allocatedStorage: storageGiB,
    maxAllocatedStorage: maxStorageGiB === storageGiB ? undefined : maxStorageGiB,
    storageEncrypted: true,
    kmsKeyId: encryptionKey.keyArn,
  };
}

/** The name of the snapshot is stable: one with a time in it would differ at each synthesis, and plan a change each time. */
function backupOf(settings: DatabaseSettings, instanceName: string) {
  const { skipFinalSnapshot, finalSnapshotName = `${instanceName}-final` } = settings;
  return {
    backupRetentionPeriod: settings.backupsDisabled ? 0 : settings.backupRetentionDays,
    backupWindow: settings.backupWindow,
    copyTagsToSnapshot: true,
    deletionProtection: settings.deletionProtection,
    skipFinalSnapshot,
    finalSnapshotIdentifier: skipFinalSnapshot ? undefined : finalSnapshotName,
  };
}

function observationOf(settings: DatabaseSettings, encryptionKey: IKey) {
  return {
    enabledCloudwatchLogsExports: [...logTypes(settings)],
    monitoringInterval: settings.monitoringIntervalSeconds,
    databaseInsightsMode: settings.databaseInsights,
    performanceInsightsEnabled: true,
    performanceInsightsRetentionPeriod: settings.insightsRetentionDays,
    performanceInsightsKmsKeyId: encryptionKey.keyArn,
  };
}
