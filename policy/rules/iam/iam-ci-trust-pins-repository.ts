import { resourceRule } from "../../engine/rule";
import { notApplicable } from "../../engine/verdict";
import { trust } from "./private/examples";
import { issuerOf, judgeClaim, judgeTrust, pinOf, trustFault } from "./private/trust";

/** What a subject must start with: owner and repository, or group and project, in full. */
const SUBJECTS = {
  github: { expected: /^repo:[^*?:/$]+\/[^*?:$]+:.+/, form: "repo:<owner>/<repository>:…" },
  gitlab: { expected: /^project_path:[^*?:/$]+\/[^*?:$]+:.+/, form: "project_path:<group>/<project>:…" },
} as const;
/** A workflow of a repository, which a token names as well. */
const WORKFLOW = /^[^*?:/$]+\/[^*?:/$]+\/.+/;

const example = (sub: string) =>
  trust({
    Effect: "Allow",
    Principal: { Federated: "arn:aws:iam::111111111111:oidc-provider/token.actions.githubusercontent.com" },
    Action: "sts:AssumeRoleWithWebIdentity",
    Condition: {
      StringEquals: { "token.actions.githubusercontent.com:aud": "sts.amazonaws.com" },
      StringLike: { "token.actions.githubusercontent.com:sub": sub },
    },
  });

/** Branch, tag and environment may be a pattern; whose repository it is may not. */
export const iamCiTrustPinsRepository = resourceRule({
  id: "FD-IAM-017",
  slug: "iam-ci-trust-pins-repository",
  title: "A role for pipelines can be taken from one repository only",
  severity: "critical",
  packs: ["baseline"],
  why: "GitHub and GitLab sign tokens for every repository of everyone; without an owner and a name any of them will do.",
  fix: "Demand the claim `sub` to be `repo:<owner>/<repository>:…` or `project_path:<group>/<project>:…`.",
  sameAs: { checkov: ["CKV_AWS_358", "CKV_AWS_393"] },
  types: ["aws_iam_role"],
  judge: (role, { graph }) =>
    judgeTrust(role, graph, (statement) => {
      const issuer = issuerOf(statement, role, graph);
      if (issuer !== "github" && issuer !== "gitlab") return notApplicable();
      const { expected, form } = SUBJECTS[issuer];
      const sub = pinOf(statement, ":sub");
      if (sub) return judgeClaim("sub", sub, expected, `must demand \`sub\` to be ${form} without wildcards in it`);
      const workflow = pinOf(statement, ":job_workflow_ref");
      if (workflow)
        return judgeClaim("job_workflow_ref", workflow, WORKFLOW, "must name the repository of the workflow");
      return trustFault(`must demand the claim \`sub\` to be ${form}: any repository will do`, "sub");
    }),
  examples: {
    failing: example("repo:example-org/*:ref:refs/heads/main"),
    passing: example("repo:example-org/ml-platform:environment:prod"),
    unknown: example("repo:${var.repository}:environment:prod"),
  },
});
