import { refusal, withChange } from "../environment-fixture";

describe("names that follow from the file's names", () => {
  test.each([
    {
      behaviour: "refuses a pool whose node group name AWS would refuse",
      before: "    l4:",
      after: "    aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa:",
      message:
        'dev.yaml:14 nodePools.gpu.aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa: must be shorter: the node group "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" with the 27 characters that make its name unique would have 64 characters, AWS takes 63, got "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"; allowed: at most 36 characters',
    },
    {
      behaviour: "refuses a pod role whose IAM role name AWS would refuse",
      before: "",
      after:
        "podRoles:\n  rrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrr: {namespace: n, serviceAccount: s, read: [logs]}\n",
      message:
        'dev.yaml:18 podRoles.rrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrr: must be shorter: the IAM role "atlas-dev-rrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrr" would have 65 characters, AWS takes 64, got "rrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrr"; allowed: at most 54 characters',
    },
    {
      behaviour: "refuses a pool name that is not kebab-case",
      before: "    l4:",
      after: "    L_4:",
      message:
        'dev.yaml:14 nodePools.gpu.L_4: must be lower-case words joined by hyphens, got "L_4"; allowed: for example training, cpu-large',
    },
    {
      behaviour: "refuses a project whose bucket names AWS would refuse",
      before: "project: atlas",
      after: "project: ppppppppppppppppppppppppppp",
      message: [
        'dev.yaml:1 project: must be the name of the folder the file is in, got "ppppppppppppppppppppppppppp"; allowed: atlas',
        'dev.yaml:1 project: must be shorter: the bucket "ppppppppppppppppppppppppppp-dev-artifacts-111111111111-us-east-1" would have 64 characters, AWS takes 63, got "ppppppppppppppppppppppppppp"; allowed: at most 26 characters',
      ].join("\n"),
    },
  ])("$behaviour", ({ before, after, message }) => {
    expect(refusal(withChange(before, after))).toBe(message);
  });

  test.each([
    {
      behaviour: "accepts the longest pool name",
      before: "    l4:",
      after: "    aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa:",
    },
    {
      behaviour: "accepts the longest pod role name",
      before: "",
      after:
        "podRoles:\n  rrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrr: {namespace: n, serviceAccount: s, read: [logs]}\n",
    },
  ])("$behaviour", ({ before, after }) => {
    expect(refusal(withChange(before, after))).toBe("");
  });
});
