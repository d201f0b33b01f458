import type { Rule } from "../../engine/rule";
import { logGroupExpires } from "./log-group-expires";
import { logGroupOwnKey } from "./log-group-own-key";
import { logGroupRetention } from "./log-group-retention";

/** Rules for log groups of CloudWatch. */
export const logRules: readonly Rule[] = [logGroupOwnKey, logGroupExpires, logGroupRetention];
