import { ElasticacheUser } from "@cdktf/provider-aws/lib/elasticache-user";
import { ElasticacheUserGroup } from "@cdktf/provider-aws/lib/elasticache-user-group";
import type { Construct } from "constructs";
import type { IKey } from "../../encryption/key";
import type { ISecret } from "../../encryption/secret";
import { PasswordUser } from "./password-user";
import type { RedisNames } from "./redis-names";
import type { RedisSettings } from "./redis-settings";

/** Who may authenticate to a cache. */
export interface RedisUsers {
  /** Id of the group that is attached to the cache. */
  readonly userGroupId: string;
  /** The IAM-authenticated user, if there is one. */
  readonly iamUser: ElasticacheUser | undefined;
  /** The secret of the user with a password, if there is one. */
  readonly authSecret: ISecret | undefined;
}

/** Defines the users and the group of them. */
export function defineUsers(scope: Construct, names: RedisNames, settings: RedisSettings, key: IKey): RedisUsers {
  const { engine, iamAuthentication, passwordAuthentication } = settings;
  const iamUser = iamAuthentication ? defineIamUser(scope, names, settings) : undefined;
  const passwordUser = passwordAuthentication ? definePasswordUser(scope, names, settings, key) : undefined;
  const defaultUser = engine === "redis" ? defineDefaultUser(scope, names) : undefined;
  const userIds = [iamUser?.userId, passwordUser?.userId, defaultUser?.userId];
  const group = new ElasticacheUserGroup(scope, "UserGroup", {
    userGroupId: names.userGroup,
    engine,
    userIds: userIds.filter((id) => id !== undefined),
    tags: { Name: names.userGroup },
    dependsOn: passwordUser === undefined ? undefined : [passwordUser.stack],
  });
  return { userGroupId: group.userGroupId, iamUser, authSecret: passwordUser?.secret };
}

function defineIamUser(scope: Construct, names: RedisNames, { engine, accessString }: RedisSettings): ElasticacheUser {
  const id = names.user("iam");
  return new ElasticacheUser(scope, "IamUser", {
    userId: id,
    userName: id,
    engine,
    accessString,
    authenticationMode: { type: "iam" },
    tags: { Name: id },
  });
}

function definePasswordUser(
  scope: Construct,
  names: RedisNames,
  { engine, accessString }: RedisSettings,
  encryptionKey: IKey,
): PasswordUser {
  return new PasswordUser(scope, "PasswordUser", {
    userId: names.user("password"),
    engine,
    accessString,
    secretName: names.secret,
    description: `User name and password of cache ${names.cache}`,
    encryptionKey,
  });
}

/**
 * A group for Redis OSS must hold a user called `default`, as whom clients connect that name nobody. This one is off: nobody
 * gets in as it, so it needs no password. Valkey has no such demand, and turns the user off by itself.
 */
function defineDefaultUser(scope: Construct, names: RedisNames): ElasticacheUser {
  return new ElasticacheUser(scope, "DefaultUser", {
    userId: names.user("default"),
    userName: "default",
    engine: "redis",
    accessString: "off -@all",
    noPasswordRequired: true,
    tags: { Name: names.user("default") },
  });
}
