import { isCalendarDay } from "./private/calendar-day";
import { PropChecks } from "./prop-checks";

/** What the standard tags are made of. */
export interface StandardTagsProps {
  /** Project of the environment. */
  readonly project: string;
  /** Stage of the environment. */
  readonly stage: string;
  /** Who answers for the environment: an e-mail address. */
  readonly owner: string;
  /** Layer of the platform that defines the resource, such as `network`. */
  readonly layer: string;
  /**
   * Day after which the environment may be destroyed, as `2026-12-31`: the tag `ExpiresOn`, for throw-away environments.
   *
   * @default - none: the environment stays
   */
  readonly expiresOn?: string;
  /**
   * Further tags of the environment, such as a cost centre. They may not replace the standard ones.
   *
   * @default - none
   */
  readonly extra?: Readonly<Record<string, string>>;
}

const LONGEST_KEY = 128;
const LONGEST_VALUE = 256;
const MOST_TAGS = 50;
const TAG_TEXT = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;

/**
 * The tags that every resource of an environment carries: set once, as default tags of the provider.
 *
 * @throws ValidationError `INVALID_TAGS` for tags that AWS refuses
 * @see https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html
 */
export function standardTags(props: StandardTagsProps): Record<string, string> {
  const standard = {
    Project: props.project,
    Stage: props.stage,
    Layer: props.layer,
    Owner: props.owner,
    ManagedBy: "flightdeck",
    ...(props.expiresOn === undefined ? {} : { ExpiresOn: props.expiresOn }),
  };
  const extra = props.extra ?? {};
  validateTags(props.expiresOn, standard, extra);
  return { ...standard, ...extra };
}

/** The tag of everything that runs for one node pool, by the pool's name: its share of the cost is counted by it. */
export const POOL_TAG = "flightdeck:pool";

function validateTags(
  expiresOn: string | undefined,
  standard: Record<string, string>,
  extra: Readonly<Record<string, string>>,
): void {
  const checks = new PropChecks(undefined, "INVALID_TAGS");
  const day = "must be a day of the calendar, as in 2026-12-31";
  checks.require(expiresOn === undefined || isCalendarDay(expiresOn), "expiresOn", day, expiresOn);
  const taken = new Map(Object.keys(standard).map((key) => [key.toLowerCase(), key]));
  for (const key of Object.keys(extra)) {
    const prop = `extra["${key}"]`;
    const clash = taken.get(key.toLowerCase());
    checks.require(clash === undefined, prop, `must not replace the standard tag \`${clash}\``, extra[key]);
    checks.require(!/^aws:/i.test(key), prop, "must not start with `aws:`, which AWS keeps for itself", key);
    checks.require(key.length > 0 && key.length <= LONGEST_KEY, prop, `must have 1 to ${LONGEST_KEY} characters`, key);
    checks.require(TAG_TEXT.test(key), prop, "must be letters, digits, spaces and _ . : / = + - @", key);
  }
  for (const [key, value] of Object.entries({ ...standard, ...extra })) {
    const prop = key in extra ? `extra["${key}"]` : propOf(key);
    checks.require(value.length <= LONGEST_VALUE, prop, `must have at most ${LONGEST_VALUE} characters`, value);
    checks.require(TAG_TEXT.test(value), prop, "must be letters, digits, spaces and _ . : / = + - @", value);
  }
  const count = Object.keys(standard).length + Object.keys(extra).length;
  const room = MOST_TAGS - Object.keys(standard).length;
  checks.require(
    count <= MOST_TAGS,
    "extra",
    `must hold at most ${room} tags (AWS allows ${MOST_TAGS})`,
    Object.keys(extra).length,
  );
  checks.throwIfAny();
}

/** `ExpiresOn` → `expiresOn`. */
function propOf(key: string): string {
  return key.charAt(0).toLowerCase() + key.slice(1);
}
