import { mustBeAtMost } from "../../engine/expect";
import { resourceRule } from "../../engine/rule";
import { notApplicable } from "../../engine/verdict";
import { trust } from "./private/examples";

/** AWS gives sessions of one hour unless told otherwise. */
const DEFAULT_SECONDS = 3_600;
const role = (about: object) => {
  const { terraform } = trust({
    Effect: "Allow",
    Principal: { Service: "ec2.amazonaws.com" },
    Action: "sts:AssumeRole",
  });
  const { trainer } = terraform.resource?.aws_iam_role ?? {};
  return { terraform: { resource: { aws_iam_role: { trainer: { ...trainer, ...about } } } } };
};

/** The limit is a threshold of the stage. */
export const iamSessionDuration = resourceRule({
  id: "FD-IAM-027",
  slug: "iam-session-duration",
  title: "Sessions of a role end within hours",
  severity: "low",
  packs: ["baseline"],
  why: "A stolen session works until it ends, or until somebody notices and revokes all sessions of the role.",
  fix: "Set `max_session_duration` to what the longest run needs, or leave it out for one hour.",
  types: ["aws_iam_role"],
  judge: (resource, { thresholds }) => {
    const duration = resource.at("max_session_duration");
    if (resource.at("assume_role_policy").absent) return notApplicable();
    return mustBeAtMost(duration, thresholds.maxSessionHours * 3_600, DEFAULT_SECONDS);
  },
  examples: {
    failing: role({ max_session_duration: 43_200 }),
    passing: role({ max_session_duration: 7_200 }),
    unknown: role({ max_session_duration: "${var.duration}" }),
  },
});
