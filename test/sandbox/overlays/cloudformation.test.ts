import { ElastiCacheWorld } from "./elasticache-world";

const REFERENCE = {
  "Fn::Join": ["", ["{{resolve:secretsmanager:", { Ref: "AuthSecret" }, ":SecretString:password}}"]],
};
const SECRET = {
  Type: "AWS::SecretsManager::Secret",
  Properties: {
    Name: "a/b",
    Description: "d",
    KmsKeyId: "key",
    GenerateSecretString: {
      SecretStringTemplate: '{"username":"u"}',
      GenerateStringKey: "password",
      PasswordLength: 64,
      ExcludePunctuation: true,
    },
  },
};
const USER = {
  Type: "AWS::ElastiCache::User",
  Properties: { UserId: "u", UserName: "u", Engine: "valkey", AccessString: "on ~* +@all", Passwords: [REFERENCE] },
};
const OUTPUTS = {
  SecretArn: { Value: { Ref: "AuthSecret" } },
  UserArn: { Value: { "Fn::GetAtt": ["User", "Arn"] } },
  Where: { Value: { "Fn::Sub": "${AWS::StackName} in ${AWS::Region}" } },
};
const SECRET_ARN = "arn:aws:secretsmanager:eu-central-1:111111111111:secret:a/b-abcdef";
const template = (Resources: object = { User: USER, AuthSecret: SECRET }, Outputs: object = OUTPUTS) =>
  JSON.stringify({ AWSTemplateFormatVersion: "2010-09-09", Resources, Outputs });
const create = (TemplateBody: string, more: Record<string, string> = {}) => ({ StackName: "s", TemplateBody, ...more });
const changed = (properties: object) =>
  template({ User: { ...USER, Properties: { ...USER.Properties, ...properties } }, AuthSecret: SECRET });

function valueOf(world: ElastiCacheWorld): Record<string, string> {
  return JSON.parse(String(world.secrets.get(SECRET_ARN)?.["SecretString"])) as Record<string, string>;
}

describe("a stack", () => {
  test("makes a secret and hands its password to a user, in the order of their references", async () => {
    const world = new ElastiCacheWorld();
    const tags = { "Tags.member.1.Key": "Owner", "Tags.member.1.Value": "me" };
    const made = await world.stack("CreateStack", create(template(), tags));
    const described = await world.stack("DescribeStacks", { StackName: String(made.one("StackId")) });
    const user = await world.cache("DescribeUsers", { UserId: "u" });
    const arn = "arn:aws:elasticache:eu-central-1:111111111111:user:u";

    expect(valueOf(world)).toEqual({ username: "u", password: expect.stringMatching(/^[A-Za-z0-9]{64}$/) as unknown });
    expect(world.secrets.get(SECRET_ARN)).toMatchObject({ KmsKeyId: "key", Tags: [{ Key: "Owner", Value: "me" }] });
    expect([user.one("Type"), user.one("PasswordCount"), user.one("ARN")]).toEqual(["password", "1", arn]);
    expect((await world.cache("ListTagsForResource", { ResourceName: arn })).all("Value")).toEqual(["me"]);
    expect(described.one("StackStatus")).toBe("CREATE_COMPLETE");
    expect(described.all("OutputValue")).toEqual([SECRET_ARN, arn, "s in eu-central-1"]);
  });

  test("never says the password", async () => {
    const world = new ElastiCacheWorld();
    const answers = [
      await world.stack("CreateStack", create(template())),
      await world.stack("DescribeStacks"),
      await world.stack("GetTemplate", { StackName: "s" }),
      await world.stack("DescribeStackEvents", { StackName: "s" }),
      await world.stack("DescribeStackResources", { StackName: "s" }),
    ];

    expect(answers.map(({ text }) => text).join()).not.toContain(valueOf(world)["password"]);
    expect(answers[4]?.all("LogicalResourceId")).toEqual(["AuthSecret", "User"]);
  });

  test("gives its template back as it was given", async () => {
    const world = new ElastiCacheWorld();
    const spaced = JSON.stringify(JSON.parse(template()), undefined, 2);
    await world.stack("CreateStack", create(spaced));
    const { text } = await world.stack("GetTemplate", { StackName: "s" });

    expect(text).toContain(`<TemplateBody>${spaced.replace(/>/g, "&gt;").replace(/</g, "&lt;")}</TemplateBody>`);
  });

  test("changes what its template changes, and leaves the password alone", async () => {
    const world = new ElastiCacheWorld();
    await world.stack("CreateStack", create(template()));
    const before = valueOf(world);
    const updated = await world.stack("UpdateStack", create(changed({ AccessString: "on ~a* -@all +get" })));
    const same = await world.stack("UpdateStack", { StackName: "s", UsePreviousTemplate: "true" });

    expect(updated.status).toBe(200);
    expect((await world.cache("DescribeUsers", { UserId: "u" })).one("AccessString")).toBe("on ~a* -@all +get");
    expect(valueOf(world)).toEqual(before);
    expect([same.one("Code"), same.one("Message")]).toEqual(["ValidationError", "No updates are to be performed."]);
    expect((await world.stack("DescribeStacks")).one("StackStatus")).toBe("UPDATE_COMPLETE");
  });

  test("makes a user of another id anew, and removes what its template leaves out", async () => {
    const world = new ElastiCacheWorld();
    await world.stack("CreateStack", create(template()));
    await world.stack("UpdateStack", create(changed({ UserId: "v", UserName: "v" })));
    expect((await world.cache("DescribeUsers")).all("UserId")).toEqual(["default", "v"]);
    await world.stack("UpdateStack", create(template({ AuthSecret: SECRET }, {})));
    expect((await world.cache("DescribeUsers")).all("UserId")).toEqual(["default"]);
    expect((await world.stack("DescribeStacks")).all("OutputKey")).toEqual([]);
  });

  test("changes the secret: its description, or with another recipe its password", async () => {
    const world = new ElastiCacheWorld();
    await world.stack("CreateStack", create(template()));
    const before = valueOf(world)["password"];
    const recipe = { ...SECRET.Properties.GenerateSecretString, PasswordLength: 20 };
    const other = { ...SECRET, Properties: { ...SECRET.Properties, Description: "new", GenerateSecretString: recipe } };
    await world.stack("UpdateStack", create(template({ User: USER, AuthSecret: other })));

    expect(world.secrets.get(SECRET_ARN)).toMatchObject({ Description: "new" });
    expect(valueOf(world)["password"]).toHaveLength(20);
    expect(valueOf(world)["password"]).not.toBe(before?.slice(0, 20));
  });

  test("takes everything along when it is deleted, and is known by its id alone after that", async () => {
    const world = new ElastiCacheWorld();
    const id = String((await world.stack("CreateStack", create(template()))).one("StackId"));
    await world.stack("DeleteStack", { StackName: id });
    const byName = await world.stack("DescribeStacks", { StackName: "s" });

    expect(world.secrets.size).toBe(0);
    expect((await world.cache("DescribeUsers")).all("UserId")).toEqual(["default"]);
    expect((await world.stack("DescribeStacks", { StackName: id })).one("StackStatus")).toBe("DELETE_COMPLETE");
    expect([byName.one("Code"), byName.one("Message")]).toEqual(["ValidationError", "Stack with id s does not exist"]);
    expect((await world.stack("DescribeStacks")).all("StackName")).toEqual([]);
    expect((await world.stack("ListStacks")).all("StackStatus")).toEqual(["DELETE_COMPLETE"]);
    expect((await world.stack("DeleteStack", { StackName: "s" })).status).toBe(200);
    expect((await world.stack("CreateStack", create(template()))).status).toBe(200);
  });

  test.each([
    [{ OnFailure: "DELETE" }, "DELETE_COMPLETE", ["DELETE_COMPLETE"]],
    [{}, "ROLLBACK_COMPLETE", ["DELETE_COMPLETE"]],
    [{ OnFailure: "DO_NOTHING" }, "CREATE_FAILED", []],
  ] as const)(
    "that fails removes what it made, where not told otherwise, and says why: %j",
    async (more, status, undone) => {
      const world = new ElastiCacheWorld();
      const user = { ...USER, DependsOn: "AuthSecret", Properties: { ...USER.Properties, Passwords: ["short"] } };
      const wrong = template({ AuthSecret: SECRET, User: user });
      const made = await world.stack("CreateStack", create(wrong, { ClientRequestToken: "t", ...more }));
      const named = { StackName: String(made.one("StackId")) };
      const events = await world.stack("DescribeStackEvents", named);

      expect((await world.stack("DescribeStacks", named)).one("StackStatus")).toBe(status);
      expect(events.all("ResourceStatus")).toEqual([status, ...undone, "CREATE_FAILED", "CREATE_COMPLETE"]);
      expect(events.all("ResourceStatusReason")).toContain("Passwords length must be between 16-128 characters.");
      expect(new Set(events.all("ClientRequestToken"))).toEqual(new Set(["t"]));
      expect(world.secrets.size).toBe(undone.length === 0 ? 1 : 0);
    },
  );

  test("that cannot be changed keeps what it was", async () => {
    const world = new ElastiCacheWorld();
    await world.stack("CreateStack", create(template()));
    await world.stack("UpdateStack", create(changed({ Passwords: ["short"] })));
    const described = await world.stack("DescribeStacks");

    expect(described.one("StackStatus")).toBe("UPDATE_ROLLBACK_COMPLETE");
    expect(described.one("StackStatusReason")).toBe("Passwords length must be between 16-128 characters.");
    expect((await world.cache("DescribeUsers")).all("UserId")).toEqual(["default", "u"]);
  });
});

describe("an update that fails", () => {
  const SHORT = { Passwords: ["short"] };
  const described = async (world: ElastiCacheWorld) => world.stack("DescribeStacks", { StackName: "s" });
  const templateOf = async (world: ElastiCacheWorld) =>
    (await world.stack("GetTemplate", { StackName: "s" })).one("TemplateBody")?.replaceAll("&gt;", ">");
  const userWith = (properties: object, more: object = {}) => ({
    ...USER,
    ...more,
    Properties: { ...USER.Properties, ...properties },
  });
  const outputs = { ...OUTPUTS, Where: { Value: "new" } };

  test("gives back the template, the tags and the outputs that were", async () => {
    const world = new ElastiCacheWorld();
    const tags = (value: string) => ({ "Tags.member.1.Key": "Owner", "Tags.member.1.Value": value });
    await world.stack("CreateStack", create(template(), tags("me")));
    const failing = template({ AuthSecret: SECRET, User: userWith(SHORT) }, outputs);
    await world.stack("UpdateStack", create(failing, tags("you")));
    const after = await described(world);

    expect(after.one("StackStatus")).toBe("UPDATE_ROLLBACK_COMPLETE");
    expect(await templateOf(world)).toBe(template());
    expect(after.all("Value")).toEqual(["me"]);
    expect(after.all("OutputValue")).toContain("s in eu-central-1");
  });

  test("can be asked for again, fails again, and goes through once it is corrected", async () => {
    const world = new ElastiCacheWorld();
    await world.stack("CreateStack", create(template()));
    await world.stack("UpdateStack", create(changed(SHORT)));
    const again = await world.stack("UpdateStack", create(changed(SHORT)));
    expect([again.status, (await described(world)).one("StackStatus")]).toEqual([200, "UPDATE_ROLLBACK_COMPLETE"]);
    const unchanged = await world.stack("UpdateStack", create(template()));
    expect(unchanged.one("Message")).toBe("No updates are to be performed.");

    const corrected = template({ AuthSecret: SECRET, User: userWith({ AccessString: "on ~a* -@all +get" }) }, outputs);
    await world.stack("UpdateStack", create(corrected));
    const after = await described(world);
    expect(after.one("StackStatus")).toBe("UPDATE_COMPLETE");
    expect(after.all("OutputValue")).toContain("new");
    expect((await world.cache("DescribeUsers", { UserId: "u" })).one("AccessString")).toBe("on ~a* -@all +get");
    expect(await templateOf(world)).toBe(corrected);
  });

  test("puts back what it changed, and removes what it made", async () => {
    const world = new ElastiCacheWorld();
    await world.stack("CreateStack", create(template()));
    const described = { ...SECRET, Properties: { ...SECRET.Properties, Description: "new" } };
    const second = userWith({ UserId: "v", UserName: "v" }, { DependsOn: "AuthSecret" });
    const failing = userWith({ ...SHORT, AccessString: "on ~a* -@all +get" }, { DependsOn: "Second" });
    await world.stack("UpdateStack", create(template({ AuthSecret: described, Second: second, User: failing })));
    const events = await world.stack("DescribeStackEvents", { StackName: "s" });

    expect(world.secrets.get(SECRET_ARN)).toMatchObject({ Description: "d" });
    expect((await world.cache("DescribeUsers")).all("UserId")).toEqual(["default", "u"]);
    expect((await world.cache("DescribeUsers", { UserId: "u" })).one("AccessString")).toBe("on ~* +@all");
    expect((await world.stack("DescribeStackResources", { StackName: "s" })).all("LogicalResourceId")).toEqual([
      "AuthSecret",
      "User",
    ]);
    const rolledBack = ["UPDATE_COMPLETE AuthSecret", "UPDATE_COMPLETE User", "DELETE_COMPLETE Second"];
    const ids = events.all("LogicalResourceId");
    const told = events.all("ResourceStatus").map((status, at) => `${status} ${ids[at]}`);
    expect(told.slice(0, 5)).toEqual(["UPDATE_ROLLBACK_COMPLETE s", ...rolledBack.reverse(), "UPDATE_FAILED User"]);
  });

  test("keeps what it would have replaced or left out, and nothing in its place", async () => {
    const world = new ElastiCacheWorld();
    const third = userWith({ UserId: "w", UserName: "w" });
    await world.stack("CreateStack", create(template({ AuthSecret: SECRET, User: USER, Third: third })));
    const replaced = userWith({ UserId: "v", UserName: "v" });
    const failing = userWith({ UserId: "x", UserName: "x", ...SHORT }, { DependsOn: "User" });
    await world.stack("UpdateStack", create(template({ AuthSecret: SECRET, User: replaced, Other: failing })));

    expect((await world.cache("DescribeUsers")).all("UserId")).toEqual(["default", "u", "w"]);
    expect((await described(world)).all("OutputValue")).toContain(
      "arn:aws:elasticache:eu-central-1:111111111111:user:u",
    );
  });

  test("fails by its outputs too", async () => {
    const world = new ElastiCacheWorld();
    await world.stack("CreateStack", create(template()));
    const wrong = { UserArn: { Value: { "Fn::GetAtt": ["User", "Colour"] } } };
    const user = userWith({ AccessString: "on ~a* -@all +get" });
    await world.stack("UpdateStack", create(template({ AuthSecret: SECRET, User: user }, wrong)));
    const after = await described(world);

    expect([after.one("StackStatus"), after.one("StackStatusReason")]).toEqual([
      "UPDATE_ROLLBACK_COMPLETE",
      "Template error: unresolved resource dependencies [User.Colour] in the template",
    ]);
    expect((await world.cache("DescribeUsers", { UserId: "u" })).one("AccessString")).toBe("on ~* +@all");
    expect(after.all("OutputKey")).toEqual(["SecretArn", "UserArn", "Where"]);
  });

  test("that cannot be put back says so", async () => {
    const world = new ElastiCacheWorld();
    const first = userWith({ UserId: "v", UserName: "v" });
    await world.stack("CreateStack", create(template({ AuthSecret: SECRET, User: USER, First: first })));
    await world.cache("DeleteUser", { UserId: "v" });
    const gone = userWith({ UserId: "v", UserName: "v", AccessString: "on ~a* -@all +get" });
    await world.stack("UpdateStack", create(template({ AuthSecret: SECRET, User: USER, First: gone })));

    expect((await described(world)).one("StackStatus")).toBe("UPDATE_ROLLBACK_FAILED");
  });

  test("and is refused as a template touches nothing", async () => {
    const world = new ElastiCacheWorld();
    await world.stack("CreateStack", create(template()));
    const circular = template({ AuthSecret: { ...SECRET, DependsOn: "User" }, User: USER });
    const refused = await world.stack("UpdateStack", create(circular));

    expect(refused.one("Message")).toContain("Circular dependency");
    expect(await templateOf(world)).toBe(template());
    expect((await described(world)).one("StackStatus")).toBe("CREATE_COMPLETE");
  });
});

test("an update makes what a creation without a way back left unmade", async () => {
  const world = new ElastiCacheWorld();
  const user = { ...USER, DependsOn: "AuthSecret" };
  const other = { ...USER, DependsOn: "User", Properties: { ...USER.Properties, UserId: "v", UserName: "v" } };
  const wrong = { ...user, Properties: { ...user.Properties, Passwords: ["short"] } };
  const resources = { AuthSecret: SECRET, User: wrong, Other: other };
  await world.stack("CreateStack", create(template(resources), { OnFailure: "DO_NOTHING" }));
  await world.stack("UpdateStack", create(template({ ...resources, User: user })));

  expect((await world.cache("DescribeUsers")).all("UserId")).toEqual(["default", "u", "v"]);
});

describe("a template", () => {
  const withUser = (properties: object) => template({ AuthSecret: SECRET, User: { ...USER, Properties: properties } });
  const refusal = async (body: string, more: Record<string, string> = {}) => {
    const world = new ElastiCacheWorld();
    const refused = await world.stack("CreateStack", create(body, more));
    expect([refused.one("Code"), world.secrets.size]).toEqual(["ValidationError", 0]);
    return refused.one("Message");
  };

  test.each([
    [
      template({ Bucket: { Type: "AWS::S3::Bucket" } }, {}),
      "Template format error: Unrecognized resource types: [AWS::S3::Bucket]; the sandbox knows AWS::SecretsManager::Secret and AWS::ElastiCache::User only",
    ],
    [
      withUser({ ...USER.Properties, Colour: "red" }),
      "Template format error: Encountered unsupported properties of AWS::ElastiCache::User User: [Colour]; the sandbox knows UserId, UserName, Engine, AccessString, NoPasswordRequired, Passwords, AuthenticationMode, Tags",
    ],
    [
      JSON.stringify({ Resources: { AuthSecret: SECRET }, Conditions: {} }),
      "Template format error: Encountered unsupported sections: [Conditions]; the sandbox knows AWSTemplateFormatVersion, Description, Metadata, Resources, Outputs",
    ],
    [
      template({ AuthSecret: { ...SECRET, Condition: "x" } }),
      "Template format error: Encountered unsupported attributes of resource AuthSecret: [Condition]; the sandbox knows Type, Properties, DependsOn, DeletionPolicy, UpdateReplacePolicy, Metadata",
    ],
    [template({}), "Template format error: At least one Resources member must be defined."],
    ["Resources:\n", "Template format error: JSON not well-formed; the sandbox reads templates in JSON only"],
    ["[]", "Template format error: template must be an object."],
    [
      template({
        AuthSecret: { ...SECRET, DependsOn: "User" },
        User: { ...USER, DependsOn: ["AuthSecret"] },
      }),
      "Template error: Circular dependency between resources: [AuthSecret, User]",
    ],
    [
      withUser({ ...USER.Properties, Passwords: [{ "Fn::Select": [0, ["a"]] }] }),
      "Template error: The sandbox does not know Fn::Select in this form; it knows Ref, Fn::GetAtt, Fn::Join and Fn::Sub of a text",
    ],
  ])("is refused by what the sandbox does not know: %s", async (body, message) => {
    expect(await refusal(body)).toBe(message);
  });

  test("is refused with parameters, without a body, and under a name that no stack can have", async () => {
    expect(await refusal(template(), { "Parameters.member.1.ParameterKey": "a" })).toBe(
      "The sandbox knows no template parameters: write the values into the template.",
    );
    expect(await refusal(template(), { StackName: "1st" })).toContain("failed: Member must satisfy regular expression");
    const bare = await new ElastiCacheWorld().stack("CreateStack", { StackName: "s" });
    expect(bare.one("Message")).toBe(
      "Either Template URL or Template Body must be specified; the sandbox reads no URL.",
    );
  });

  test("is refused for a stack that is there", async () => {
    const world = new ElastiCacheWorld();
    await world.stack("CreateStack", create(template()));

    expect((await world.stack("CreateStack", create(template()))).one("Code")).toBe("AlreadyExistsException");
  });

  test.each([
    [
      "{{resolve:ssm:name}}",
      "Incorrect format is used in a dynamic reference; the sandbox resolves secretsmanager only",
    ],
    [
      "{{resolve:secretsmanager:arn:aws:secretsmanager:eu-central-1:111111111111:secret:a/b-abcdef:SecretString:other}}",
      "Could not find a value associated with JSONKey in SecretString",
    ],
  ])("may refer to secrets only, and to keys they have: %s", async (reference, reason) => {
    const world = new ElastiCacheWorld();
    const user = { ...USER, DependsOn: "AuthSecret", Properties: { ...USER.Properties, Passwords: [reference] } };
    await world.stack("CreateStack", create(template({ AuthSecret: SECRET, User: user }), { OnFailure: "DO_NOTHING" }));

    expect((await world.stack("DescribeStacks")).one("StackStatusReason")).toBe(reason);
  });
});

test("the same calls make the same password", async () => {
  const password = async () => {
    const world = new ElastiCacheWorld();
    await world.stack("CreateStack", create(template()));
    return valueOf(world)["password"];
  };

  expect(await password()).toBe(await password());
});

test.each(["CreateChangeSet", "CreateStackSet"])("%s is refused by name", async (action) => {
  expect((await new ElastiCacheWorld().stack(action)).one("Code")).toBe("SandboxNotImplemented");
});
