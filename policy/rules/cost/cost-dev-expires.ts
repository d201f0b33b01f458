import { environmentRule } from "../../engine/rule";
import type { Example } from "../../engine/rule";
import { fail, pass, unknown } from "../../engine/verdict";
import { providersOf } from "../private/stack-parts";

const KEY = /^expire|^ttl$|^delete[-_ ]?after$/i;

const stack = (tags: unknown): Example => ({
  terraform: {
    provider: { aws: [{ default_tags: [{ tags }] }] },
    resource: { aws_s3_bucket: { models: { bucket: "models" } } },
  },
  stage: "dev",
});

/** ExpiresOn, Expiry, TTL, DeleteAfter and the like. */
export const costDevExpires = environmentRule({
  id: "FD-COST-013",
  slug: "cost-dev-expires",
  title: "In development, everything says until when it is needed",
  severity: "low",
  packs: ["strict"],
  why: "Environments for a trial outlive it by months, because nobody knows whether they may be destroyed.",
  fix: "Add a tag such as ExpiresOn with a day to `default_tags.tags` of the AWS provider.",
  judge: ({ environment, graph }) =>
    environment.stage !== "dev"
      ? []
      : providersOf(graph, "aws").map(({ subject, value }) => {
          const tags = value.at("default_tags.tags");
          const about = { attribute: tags.path };
          const message = `\`${tags.path}\` must hold a day of expiry in development, got ${tags.toString()}`;
          if (tags.keys.some((key) => KEY.test(key))) return { subject, verdict: pass() };
          return { subject, verdict: tags.unknown ? unknown(message, about) : fail(message, about) };
        }),
  examples: {
    failing: stack({ Project: "atlas" }),
    passing: stack({ Project: "atlas", ExpiresOn: "2026-12-31" }),
    unknown: stack("${var.tags}"),
  },
});
