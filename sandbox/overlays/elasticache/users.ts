import { AwsFault } from "./aws-fault";
import type { AuthenticationType, CacheState, CacheUser } from "./cache-state";
import type { Operations } from "./operation";
import { type AnswerFields, listOf } from "./query-answer";
import type { QueryInput } from "./query-input";
import { keepTags } from "./tags";

/** What a user is to be; undefined leaves what is. */
export interface UserInput {
  readonly engine?: string | undefined;
  readonly accessString?: string | undefined;
  readonly noPasswordRequired?: boolean | undefined;
  readonly passwords?: readonly string[] | undefined;
  /** `password`, `no-password-required` or `iam`. */
  readonly authenticationMode?: string | undefined;
}

const USER_ID = /^[a-z][a-z0-9-]*$/;
/** @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Clusters.RBAC.html */
const FORBIDDEN_IN_PASSWORD = /[,"/@]/;
const ON_ITS_OWN = /^(on|off)$/;

/** Users. */
export const userOperations: Operations = {
  CreateUser: (input, { state }) => {
    const user = createUser(state, input.text("UserId") ?? "", input.text("UserName") ?? "", userInput(input));
    keepTags(state, state.arn("user", user.id), input);
    return userView(state, user);
  },
  ModifyUser: (input, { state }) => {
    const user = findUser(state, input.text("UserId"));
    const appended = input.text("AppendAccessString");
    const accessString = appended === undefined ? undefined : `${user.accessString} ${appended}`;
    changeUser(user, { ...userInput(input), ...(accessString === undefined ? {} : { accessString }) });
    return userView(state, user);
  },
  DeleteUser: (input, { state }) => ({ ...deleteUser(state, input.text("UserId")), Status: "deleting" }),
  DescribeUsers: (input, { state }) => {
    const id = input.text("UserId");
    const users = id === undefined ? [...state.users.values()] : [findUser(state, id)];
    return { Users: listOf(users.map((user) => userView(state, user))) };
  },
};

/** @throws AwsFault when the input is not that of a user */
export function createUser(state: CacheState, givenId: string, name: string, input: UserInput): CacheUser {
  const id = givenId.toLowerCase();
  if (!USER_ID.test(id)) throw AwsFault.invalidValue(`User Id ${givenId} is not a valid identifier.`);
  if (state.users.has(id)) throw new AwsFault("UserAlreadyExists", `User ${id} already exists.`);
  const user: CacheUser = {
    id,
    name,
    engine: "redis",
    accessString: "",
    authentication: "no-password",
    passwordCount: 0,
  };
  if (modeOf(input) === undefined) {
    throw AwsFault.invalidValue(
      "No password was provided. If you want to create/update the user without password, please use the NoPasswordRequired flag.",
    );
  }
  changeUser(user, input);
  state.users.set(id, user);
  state.tags.set(state.arn("user", id), new Map());
  return user;
}

/** @throws AwsFault when the input does not fit the user */
export function changeUser(user: CacheUser, input: UserInput): void {
  const { passwords = [], accessString } = input;
  const mode = modeOf(input);
  const engine = (input.engine ?? user.engine).toLowerCase();
  if (mode === "iam" && user.name !== user.id) {
    throw AwsFault.invalidCombination("User Id and User name must be same for authentication type: iam");
  }
  if ((mode ?? user.authentication) === "no-password" && engine === "valkey") {
    throw AwsFault.invalidCombination("Users of engine valkey must use password or iam authentication.");
  }
  if (passwords.length > 2) throw AwsFault.invalidValue("At most two passwords are allowed.");
  passwords.forEach(requirePassword);
  user.engine = engine;
  if (accessString !== undefined) user.accessString = normalAccess(accessString);
  if (mode === undefined) return;
  user.authentication = mode;
  user.passwordCount = passwords.length;
}

/** @throws AwsFault when there is none, or it cannot go */
export function deleteUser(state: CacheState, id = ""): AnswerFields {
  const user = findUser(state, id);
  if (user.id === "default") throw AwsFault.invalidValue("The default user can't be deleted.");
  const view = userView(state, user);
  for (const group of groupsOf(state, user.id)) {
    if (user.name === "default" && group.engine === "redis") {
      throw new AwsFault("DefaultUserAssociatedToUserGroup", "The default user is associated with a user group.");
    }
    group.userIds = group.userIds.filter((member) => member !== user.id);
  }
  state.users.delete(user.id);
  state.tags.delete(state.arn("user", user.id));
  return view;
}

/** @throws AwsFault when there is none */
export function findUser(state: CacheState, id = ""): CacheUser {
  const user = state.users.get(id.toLowerCase());
  if (user !== undefined) return user;
  throw AwsFault.notFound("UserNotFound", `User ${id} not found.`);
}

function userInput(input: QueryInput): UserInput {
  return {
    engine: input.text("Engine"),
    accessString: input.text("AccessString"),
    noPasswordRequired: input.flag("NoPasswordRequired"),
    passwords: input.list("Passwords") ?? input.list("AuthenticationMode.Passwords"),
    authenticationMode: input.text("AuthenticationMode.Type"),
  };
}

function modeOf({ authenticationMode, noPasswordRequired, passwords = [] }: UserInput): AuthenticationType | undefined {
  if (authenticationMode === "no-password-required" || noPasswordRequired === true) return "no-password";
  if (authenticationMode === "iam") return "iam";
  return passwords.length > 0 ? "password" : undefined;
}

function requirePassword(password: string): void {
  if (password.length < 16 || password.length > 128) {
    throw AwsFault.invalidValue("Passwords length must be between 16-128 characters.");
  }
  if (FORBIDDEN_IN_PASSWORD.test(password)) {
    throw AwsFault.invalidValue('Passwords must not contain the characters , " / and @.');
  }
}

/** ElastiCache returns the rules of an access string in one order: on or off, keys, channels, commands. */
function normalAccess(text: string): string {
  const rules = text.split(/\s+/).filter((rule) => rule !== "");
  if (rules.length === 0) throw AwsFault.invalidValue("The access string is empty.");
  const state = rules.filter((rule) => ON_ITS_OWN.test(rule)).at(-1) ?? "off";
  const keys = rules.filter((rule) => /^(%\w+)?~/.test(rule));
  const channels = rules.filter((rule) => rule.startsWith("&"));
  const commands = rules.filter((rule) => /^[+-]/.test(rule));
  const known = new Set([...keys, ...channels, ...commands]);
  const unknown = rules.find((rule) => !ON_ITS_OWN.test(rule) && !known.has(rule));
  if (unknown !== undefined) throw AwsFault.invalidValue(`Access string contains an invalid rule: ${unknown}`);
  const all = commands.some((rule) => /^[+-]@all$/.test(rule)) ? [] : ["-@all"];
  return [state, ...keys, ...channels, ...all, ...commands].join(" ");
}

function groupsOf(state: CacheState, userId: string) {
  return [...state.userGroups.values()].filter(({ userIds }) => userIds.includes(userId));
}

function userView(state: CacheState, user: CacheUser): AnswerFields {
  return {
    UserId: user.id,
    UserName: user.name,
    Status: "active",
    Engine: user.engine,
    MinimumEngineVersion: user.engine === "valkey" ? "7.2" : "6.0",
    AccessString: user.accessString,
    UserGroupIds: listOf(groupsOf(state, user.id).map(({ id }) => id)),
    Authentication: {
      Type: user.authentication,
      PasswordCount: user.authentication === "password" ? user.passwordCount : undefined,
    },
    ARN: state.arn("user", user.id),
  };
}
