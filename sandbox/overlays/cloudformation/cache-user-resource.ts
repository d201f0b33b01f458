import { AwsFault } from "../elasticache/aws-fault";
import { type UserInput, changeUser, createUser, deleteUser, findUser } from "../elasticache/users";
import { type Properties, type ResourceHandler, textOf } from "./resource-handler";

/** Users of ElastiCache, made in the same world as those that the API makes. */
export const cacheUserResource: ResourceHandler = {
  type: "AWS::ElastiCache::User",
  properties: [
    "UserId",
    "UserName",
    "Engine",
    "AccessString",
    "NoPasswordRequired",
    "Passwords",
    "AuthenticationMode",
    "Tags",
  ],
  replacing: ["UserId", "UserName"],
  create: async (properties, stackTags, { state }) => {
    const [id, name] = [textOf(properties, "UserId"), textOf(properties, "UserName")];
    if (id === undefined || name === undefined || properties["Engine"] === undefined) {
      throw new AwsFault("ValidationError", "Properties validation failed: UserId, UserName and Engine are required");
    }
    const user = createUser(state, id, name, inputOf(properties));
    const arn = state.arn("user", user.id);
    const own = (properties["Tags"] ?? []) as readonly { readonly Key: string; readonly Value: string }[];
    state.tags.set(arn, new Map([...stackTags, ...own.map(({ Key, Value }) => [Key, Value] as const)]));
    return Promise.resolve({ physicalId: user.id, attributes: { Arn: arn, Status: "active" } });
  },
  update: async ({ physicalId }, properties, _previous, { state }) => {
    changeUser(findUser(state, physicalId), inputOf(properties));
    return Promise.resolve();
  },
  remove: async ({ physicalId }, { state }) => {
    if (state.users.has(physicalId)) deleteUser(state, physicalId);
    return Promise.resolve();
  },
};

function inputOf(properties: Properties): UserInput {
  const mode = properties["AuthenticationMode"] as { Type?: string; Passwords?: readonly string[] } | undefined;
  return {
    engine: textOf(properties, "Engine"),
    accessString: textOf(properties, "AccessString"),
    noPasswordRequired: properties["NoPasswordRequired"] === true,
    passwords: (properties["Passwords"] as readonly string[] | undefined) ?? mode?.Passwords,
    authenticationMode: mode?.Type,
  };
}
