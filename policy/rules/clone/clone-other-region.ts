import { environmentRule } from "../../engine/rule";
import type { Example } from "../../engine/rule";
import { judgeTexts } from "./private/judge-texts";

const REGIONAL_ARN = /\barn:aws[\w-]*:([\w-]+):([a-z]{2}(?:-[a-z]+)+-\d):/g;

/** Services that the whole world shares, and whose parts can only be made in one region. */
const GLOBAL = ["acm", "cloudfront", "wafv2", "route53", "iam", "health"];

const association = (arn: string): Example => ({
  terraform: { resource: { aws_sns_topic_subscription: { alerts: { topic_arn: arn, protocol: "sqs" } } } },
  environment: { region: "us-east-1" },
});

/** ARNs alone: a second region on purpose has a provider of its own, whose region stands there. */
export const cloneOtherRegion = environmentRule({
  id: "FD-CLONE-003",
  slug: "clone-other-region",
  title: "ARNs that are written out are of the environment's region",
  severity: "low",
  packs: ["baseline"],
  why: "An environment that was copied to another region goes on using the keys, topics and queues of the first, until that one is torn down.",
  fix: "Refer to the resource instead of writing its ARN, or take the region from the environment's configuration.",
  judge: (context) => {
    const { region } = context.environment;
    if (region === undefined) return [];
    return judgeTexts(context, (text) => {
      if (!text.includes("arn:aws")) return undefined;
      const other = [...text.matchAll(REGIONAL_ARN)].find(
        ([, service, there]) => there !== region && !GLOBAL.includes(service ?? ""),
      );
      return other && `must be of region ${region}, got an ARN of ${other[1]} in ${other[2]}`;
    });
  },
  examples: {
    failing: association("arn:aws:sns:eu-central-1:111111111111:alerts"),
    passing: association("arn:aws:sns:us-east-1:111111111111:alerts"),
  },
});
