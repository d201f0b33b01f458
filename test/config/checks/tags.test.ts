import { refusal, withChange } from "../environment-fixture";

describe("tags", () => {
  test.each([
    {
      behaviour: "refuses keys that AWS keeps to itself",
      before: "",
      after: "tags: {'aws:team': x}\n",
      message: 'dev.yaml:17 tags["aws:team"]: must not start with aws:, which is reserved, got "aws:team"',
    },
    {
      behaviour: "refuses the standard tags in any case",
      before: "",
      after: "tags: {project: x}\n",
      message:
        'dev.yaml:17 tags.project: must not be one of the standard tags, which are set already, got "project"; allowed: not Project, Stage, Layer, Owner, ManagedBy',
    },
    {
      behaviour: "refuses a value of 257 characters",
      before: "",
      after:
        "tags: {team: xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx}\n",
      message:
        'dev.yaml:17 tags.team: must be at most 256 characters, got "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…',
    },
    {
      behaviour: "refuses a key of 129 characters",
      before: "",
      after:
        "tags: {kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk: x}\n",
      message:
        'dev.yaml:17 tags.kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk: must have a key of 1 to 128 characters, got "kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk…',
    },
    {
      behaviour: "refuses an empty key",
      before: "",
      after: "tags: {'': x}\n",
      message: 'dev.yaml:17 tags[""]: must have a key of 1 to 128 characters, got ""',
    },
    {
      behaviour: "refuses a value that is no text",
      before: "",
      after: "tags: {team: true}\n",
      message: "dev.yaml:17 tags.team: must be text, in quotes, got true",
    },
    {
      behaviour: "refuses a forty-first tag",
      before: "",
      after:
        "tags: {t0: x, t1: x, t2: x, t3: x, t4: x, t5: x, t6: x, t7: x, t8: x, t9: x, t10: x, t11: x, t12: x, t13: x, t14: x, t15: x, t16: x, t17: x, t18: x, t19: x, t20: x, t21: x, t22: x, t23: x, t24: x, t25: x, t26: x, t27: x, t28: x, t29: x, t30: x, t31: x, t32: x, t33: x, t34: x, t35: x, t36: x, t37: x, t38: x, t39: x, t40: x}\n",
      message: "dev.yaml:17 tags: must be at most 40 tags, got 41",
    },
  ])("$behaviour", ({ before, after, message }) => {
    expect(refusal(withChange(before, after))).toBe(message);
  });

  test.each([
    {
      behaviour: "accepts a value of 256 characters",
      before: "",
      after:
        "tags: {team: xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx}\n",
    },
    {
      behaviour: "accepts a key of 128 characters",
      before: "",
      after:
        "tags: {kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk: x}\n",
    },
    {
      behaviour: "accepts forty tags",
      before: "",
      after:
        "tags: {t0: x, t1: x, t2: x, t3: x, t4: x, t5: x, t6: x, t7: x, t8: x, t9: x, t10: x, t11: x, t12: x, t13: x, t14: x, t15: x, t16: x, t17: x, t18: x, t19: x, t20: x, t21: x, t22: x, t23: x, t24: x, t25: x, t26: x, t27: x, t28: x, t29: x, t30: x, t31: x, t32: x, t33: x, t34: x, t35: x, t36: x, t37: x, t38: x, t39: x}\n",
    },
  ])("$behaviour", ({ before, after }) => {
    expect(refusal(withChange(before, after))).toBe("");
  });
});
