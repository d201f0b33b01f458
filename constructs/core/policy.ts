import { Token } from "cdktf";
import type { IConstruct } from "constructs";
import { isCalendarDay } from "./private/calendar-day";
import { carryWaiver } from "./private/carried-waivers";
import { PropChecks } from "./prop-checks";

/** What is excepted from the policy checks, why, and until when. */
export interface WaiverProps {
  /**
   * Id of the rule that need not be kept, such as `FD-S3-004`.
   *
   * @default - `rules` names them
   */
  readonly rule?: string;
  /**
   * Ids of several rules that need not be kept, for one reason.
   *
   * @default - `rule` names the only one
   */
  readonly rules?: readonly string[];
  /** Why that is right here, for whoever reviews it: at least 10 characters. */
  readonly reason: string;
  /** The last day on which the waiver holds, as `2026-12-31`. On the next day the finding is back, and says so. */
  readonly expires: string;
  /**
   * Where the matter is followed up, such as `ML-1024`.
   *
   * @default - nowhere
   */
  readonly ticket?: string;
  /**
   * Key of the one finding that is meant, where the rule has several at one place, as reports show it: `Action::s3:*`.
   *
   * @default - all findings of the rule
   */
  readonly finding?: string;
}

const SHORTEST_REASON = 10;
const RULE_ID = /^[A-Z][A-Z0-9]*-[A-Z0-9]+-\d{3}$/;
const CODE = "INVALID_WAIVER_PROPS";

/**
 * What the policy checks are told about a construct and everything in it.
 *
 * Waivers change nothing that is deployed: they stand in the synthesised JSON as comments, and the policy checks read them
 * there. The checks know today's date, the rules and how long a waiver may hold; none of that is looked at here.
 *
 * @example
 * Policy.of(scratchStore).waive({
 *   rule: "FD-S3-004",
 *   reason: "holds nothing that cannot be computed again",
 *   expires: "2027-01-31",
 *   ticket: "ML-1024",
 * });
 */
export class Policy {
  /** The policy of a construct: a resource, a construct of several, a stack, or the app with all stacks defined so far. */
  static of(construct: IConstruct): Policy {
    return new Policy(construct);
  }

  private constructor(private readonly construct: IConstruct) {}

  /**
   * Excepts the construct, and everything in it, from rules.
   *
   * @throws ValidationError `INVALID_WAIVER_PROPS`
   */
  waive(props: WaiverProps): this {
    validateWaiver(this.construct, props);
    const { rule, rules = [], reason, expires, ticket, finding } = props;
    carryWaiver(this.construct, {
      rules: rule === undefined ? [...rules] : [rule],
      reason: reason.trim(),
      expires,
      ...(ticket === undefined ? {} : { ticket }),
      ...(finding === undefined ? {} : { finding }),
    });
    return this;
  }
}

function validateWaiver(construct: IConstruct, props: WaiverProps): void {
  const { rule, rules, reason, expires, ticket, finding } = props;
  const checks = new PropChecks(construct, CODE);
  const requireText = (prop: string, text: string | undefined, ok: (text: string) => boolean, is: string): void => {
    const late = Token.isUnresolved(text);
    checks.require(text === undefined || (!late && ok(text)), prop, is, late ? "a value known only after apply" : text);
  };
  const either = "must be given, or `rules`, and not both";
  checks.require((rule === undefined) !== (rules === undefined), "rule", either, rule);
  checks.require(rules === undefined || rules.length > 0, "rules", "must name at least one rule", rules);
  const id = "must be the id of a rule, as in FD-EKS-001";
  requireText("rule", rule, isRuleId, id);
  rules?.forEach((one, index) => requireText(`rules[${index}]`, one, isRuleId, id));
  requireText("reason", reason, isReason, `must say why, in at least ${SHORTEST_REASON} characters`);
  requireText("expires", expires, isCalendarDay, "must be a day of the calendar, as in 2026-12-31");
  requireText("ticket", ticket, isFilled, "must not be empty");
  requireText("finding", finding, isFilled, "must not be empty");
  checks.throwIfAny();
}

function isRuleId(text: string): boolean {
  return RULE_ID.test(text);
}

function isReason(text: string): boolean {
  return text.trim().length >= SHORTEST_REASON;
}

function isFilled(text: string): boolean {
  return text.trim() !== "";
}
