import { ElastiCacheWorld, preparedWorld } from "./elasticache-world";

const PASSWORD = { "Passwords.member.1": "0123456789abcdef" };
const IAM = { "AuthenticationMode.Type": "iam" };
const user = (id: string, more: Record<string, string>, name = id) => ({
  UserId: id,
  UserName: name,
  Engine: "valkey",
  AccessString: "on ~* +@all",
  ...more,
});

describe("users", () => {
  test("are active at once, and tell of passwords only how many there are", async () => {
    const { cache } = new ElastiCacheWorld();
    await cache("CreateUser", user("p", { ...PASSWORD, "Passwords.member.2": "fedcba9876543210" }));
    await cache("CreateUser", user("i", IAM));
    const all = await cache("DescribeUsers");

    expect(all.all("UserId")).toEqual(["default", "p", "i"]);
    expect(all.all("Type")).toEqual(["no-password", "password", "iam"]);
    expect(all.all("PasswordCount")).toEqual(["2"]);
    expect(all.text).not.toContain("0123456789abcdef");
  });

  test.each([
    ["+@all ~* on", "on ~* +@all"],
    ["off +get ~keys*", "off ~keys* -@all +get"],
    ["off -@all", "off -@all"],
    ["on ~* &* +@all -@dangerous +info", "on ~* &* +@all -@dangerous +info"],
  ])("have their access string %s told as %s", async (given, told) => {
    const { cache } = new ElastiCacheWorld();
    await cache("CreateUser", user("p", { ...PASSWORD, AccessString: given }));

    expect((await cache("DescribeUsers", { UserId: "p" })).one("AccessString")).toBe(told);
  });

  test("change, and go out of their groups when deleted", async () => {
    const { cache } = await preparedWorld();
    await cache("CreateUser", user("p", PASSWORD));
    await cache("ModifyUserGroup", { UserGroupId: "users", "UserIdsToAdd.member.1": "p" });
    await cache("ModifyUser", { UserId: "p", AppendAccessString: "-flushall" });
    const changed = await cache("DescribeUsers", { UserId: "p" });
    await cache("DeleteUser", { UserId: "p" });

    expect(changed.one("AccessString")).toBe("on ~* +@all -flushall");
    expect(changed.text).toContain("<UserGroupIds><member>users</member></UserGroupIds>");
    expect((await cache("DescribeUserGroups", { UserGroupId: "users" })).all("member")).toEqual(["iam"]);
    expect((await cache("DescribeUsers", { UserId: "p" })).one("Code")).toBe("UserNotFound");
  });

  test.each([
    [user("1st", PASSWORD), "InvalidParameterValue"],
    [user("default", PASSWORD), "UserAlreadyExists"],
    [user("p", {}), "InvalidParameterValue"],
    [user("p", { "Passwords.member.1": "too-short" }), "InvalidParameterValue"],
    [user("p", { "Passwords.member.1": "a".repeat(129) }), "InvalidParameterValue"],
    [user("p", { "Passwords.member.1": "0123456789abcde@" }), "InvalidParameterValue"],
    [user("p", { ...PASSWORD, AccessString: "on nonsense" }), "InvalidParameterValue"],
    [user("p", { NoPasswordRequired: "true" }), "InvalidParameterCombination"],
    [user("p", IAM, "other"), "InvalidParameterCombination"],
  ])("are refused as %j: %s", async (input, code) => {
    const { cache } = new ElastiCacheWorld();

    expect((await cache("CreateUser", input)).one("Code")).toBe(code);
  });

  test("keep the one that AWS made", async () => {
    const { cache } = new ElastiCacheWorld();

    expect((await cache("DeleteUser", { UserId: "default" })).one("Code")).toBe("InvalidParameterValue");
  });
});

describe("user groups", () => {
  const redis = { UserGroupId: "g", Engine: "redis" };
  const valkey = { UserGroupId: "g", Engine: "valkey" };
  const locked = { Engine: "redis", AccessString: "off -@all", NoPasswordRequired: "true" };

  test("for Redis hold a user called default; AWS's own will do, and one of one's own", async () => {
    const { cache } = await preparedWorld();
    await cache("CreateUser", user("locked", locked, "default"));
    await cache("CreateUser", user("r", { ...PASSWORD, Engine: "redis" }));

    expect((await cache("CreateUserGroup", { ...redis, "UserIds.member.1": "r" })).one("Code")).toBe(
      "DefaultUserRequired",
    );
    expect((await cache("CreateUserGroup", { ...redis, "UserIds.member.1": "default" })).status).toBe(200);
    expect((await cache("CreateUserGroup", { ...redis, "UserIds.member.1": "default" })).one("Code")).toBe(
      "UserGroupAlreadyExists",
    );
    const swap = { UserGroupId: "g", "UserIdsToRemove.member.1": "default", "UserIdsToAdd.member.1": "locked" };
    expect((await cache("ModifyUserGroup", swap)).all("member")).toEqual(["locked"]);
    expect((await cache("DeleteUser", { UserId: "locked" })).one("Code")).toBe("DefaultUserAssociatedToUserGroup");
  });

  test("for Valkey hold users who authenticate, and need no default", async () => {
    const { cache } = await preparedWorld();
    await cache("CreateUser", user("locked", locked, "default"));

    expect((await cache("CreateUserGroup", { ...valkey, "UserIds.member.1": "locked" })).one("Code")).toBe(
      "InvalidParameterCombination",
    );
    expect((await cache("CreateUserGroup", { ...valkey, "UserIds.member.1": "iam" })).status).toBe(200);
  });

  test.each([
    [{ ...redis, "UserIds.member.1": "default", "UserIds.member.2": "iam" }, "InvalidParameterCombination"],
    [{ ...valkey, "UserIds.member.1": "iam", "UserIds.member.2": "iam" }, "DuplicateUserName"],
    [{ ...valkey, "UserIds.member.1": "nobody" }, "UserNotFound"],
    [{ ...valkey, Engine: "memcached" }, "InvalidParameterValue"],
  ])("are refused as %j: %s", async (input, code) => {
    const { cache } = await preparedWorld();

    expect((await cache("CreateUserGroup", input as Record<string, string>)).one("Code")).toBe(code);
  });
});
