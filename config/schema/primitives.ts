import { z } from "zod";
import { CI_NAMES } from "../../catalog";

/** The three stages of a project, from the least to the most protected. */
export const STAGES = ["dev", "staging", "prod"] as const;

/** The object stores every environment has. */
export const STORE_NAMES = ["datasets", "artifacts", "models", "logs"] as const;

/** Days of the week. */
export const DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;

/** Lower-case words joined by single hyphens, starting with a letter: safe in every derived AWS and Kubernetes name. */
export const KEBAB_NAME = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;

/** A name that becomes part of AWS resource names. */
export const kebabName = () => z.string().regex(KEBAB_NAME, "must be lower-case words joined by hyphens");

/** An IPv4 range in CIDR notation; alignment and size are checked by `config/checks`. */
export const ipv4Range = () =>
  z
    .string()
    .regex(/^(\d{1,3}\.){3}\d{1,3}\/\d{1,2}$/, "must be an IPv4 range in CIDR notation")
    .meta({ examples: ["10.20.0.0/16"] });

/** An IAM role, as a full ARN, path included. */
export const roleArn = () =>
  z
    .string()
    .regex(/^arn:aws[a-z-]*:iam::\d{12}:role\/[\w+=,.@/-]{1,512}$/, "must be the ARN of an IAM role")
    .meta({ examples: ["arn:aws:iam::111111111111:role/platform-admin"] });

/** A Kubernetes name that is a DNS label (RFC 1123): namespaces and service accounts of this platform. */
export const dnsLabel = () =>
  z.string().regex(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/, "must be a DNS label of at most 63 characters");

/** A whole number of something, never negative. */
export const count = () => z.int().nonnegative();

/** A time of the day. */
export const clockTime = () =>
  z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/, "must be a time of the day in quotes, from 00:00 to 23:59")
    .meta({ examples: ["19:30"] });

/** An IAM OpenID Connect provider, as a full ARN. */
export const oidcProviderArn = () =>
  z.string().regex(CI_NAMES.providerArn, "must be the ARN of an IAM OpenID Connect provider");
