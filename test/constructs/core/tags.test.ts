import { standardTags } from "../../../constructs/core/tags";
import { failure } from "../../support/fixtures";

const props = { project: "atlas", stage: "dev", owner: "ml@example.com", layer: "network" };
const tagged = (extra: Record<string, string>) => failure(() => standardTags({ ...props, extra })).message;
const characters = "must be letters, digits, spaces and _ . : / = + - @";

describe("standardTags", () => {
  test("names project, stage, layer, owner and this tool", () => {
    expect(standardTags(props)).toEqual({
      Project: "atlas",
      Stage: "dev",
      Layer: "network",
      Owner: "ml@example.com",
      ManagedBy: "flightdeck",
    });
  });

  test("adds the tags of the environment behind its own", () => {
    expect(Object.keys(standardTags({ ...props, extra: { CostCentre: "4711" } }))).toEqual([
      "Project",
      "Stage",
      "Layer",
      "Owner",
      "ManagedBy",
      "CostCentre",
    ]);
  });

  test("refuses to replace a standard tag, in any case of letters", () => {
    expect(tagged({ owner: "me" })).toBe('`extra["owner"]` must not replace the standard tag `Owner`, got "me"');
  });

  test("refuses keys that AWS keeps for itself", () => {
    expect(tagged({ "AWS:x": "1" })).toBe(
      '`extra["AWS:x"]` must not start with `aws:`, which AWS keeps for itself, got "AWS:x"',
    );
  });

  test.each([
    ["an empty key", { "": "1" }, '`extra[""]` must have 1 to 128 characters, got ""'],
    ["other characters in a key", { "a,b": "1" }, `\`extra["a,b"]\` ${characters}, got "a,b"`],
    ["other characters in a value", { a: "1;2" }, `\`extra["a"]\` ${characters}, got "1;2"`],
  ])("refuses %s", (_, extra, message) => {
    expect(tagged(extra as Record<string, string>)).toBe(message);
  });

  test("refuses a standard tag that AWS would refuse", () => {
    expect(failure(() => standardTags({ ...props, owner: "Ana <ana@example.com>" }))).toEqual({
      code: "INVALID_TAGS",
      message: `\`owner\` ${characters}, got "Ana <ana@example.com>"`,
    });
  });

  test("takes keys of 128 and values of 256 characters, and no more", () => {
    expect(() => standardTags({ ...props, extra: { ["k".repeat(128)]: "v".repeat(256) } })).not.toThrow();
    const [key, value] = ["k".repeat(129), "v".repeat(257)];
    expect(tagged({ [key]: "1" })).toContain("must have 1 to 128 characters");
    expect(tagged({ a: value })).toBe(
      `\`extra["a"]\` must have at most 256 characters, got "${"v".repeat(119)}… (259 characters)`,
    );
  });

  test("says when a throw-away environment ends", () => {
    expect(standardTags({ ...props, expiresOn: "2026-12-31" })).toMatchObject({ ExpiresOn: "2026-12-31" });
    expect(standardTags({ ...props, expiresOn: "2028-02-29" })).toMatchObject({ ExpiresOn: "2028-02-29" });
  });

  test.each(["", "31.12.2026", "2026-12-31T00:00:00Z", "2026-13-01", "2026-02-30", "2027-02-29", "tomorrow"])(
    "refuses %p as a day",
    (expiresOn) => {
      expect(failure(() => standardTags({ ...props, expiresOn }))).toEqual({
        code: "INVALID_TAGS",
        message: `\`expiresOn\` must be a day of the calendar, as in 2026-12-31, got "${expiresOn}"`,
      });
    },
  );

  test("leaves the tag of the end to others unless it is used", () => {
    const extra = { ExpiresOn: "never" };

    expect(standardTags({ ...props, extra })).toMatchObject(extra);
    expect(failure(() => standardTags({ ...props, extra, expiresOn: "2026-12-31" })).message).toBe(
      '`extra["ExpiresOn"]` must not replace the standard tag `ExpiresOn`, got "never"',
    );
  });

  test("takes 45 further tags, and no more", () => {
    const many = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, n) => [`k${n}`, "v"]));

    expect(Object.keys(standardTags({ ...props, extra: many(45) }))).toHaveLength(50);
    expect(tagged(many(46))).toBe("`extra` must hold at most 45 tags (AWS allows 50), got 46");
  });
});
