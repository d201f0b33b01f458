import type { RuleContext } from "../../../engine/context";
import type { Resource } from "../../../engine/subject";
import type { Verdict } from "../../../engine/verdict";
import { allOf, fail, notApplicable, pass, unknown } from "../../../engine/verdict";
import { openingOf, opennessOf, shownPorts, trafficOf } from "../../private/security-group-traffic";
import type { Direction, Opening, Traffic } from "../../private/security-group-traffic";

/**
 * Judges that no rule of a security group lets everyone through. What a rule opens is of one kind only, so that a rule that
 * opens all ports is reported once and not once for every port.
 *
 * @param excepted resources that may be open so
 */
export function judgeOpening(
  direction: Direction,
  openings: readonly Opening[],
  excepted: (resource: Resource, context: RuleContext) => boolean = () => false,
): (resource: Resource, context: RuleContext) => Verdict {
  return (resource, context) => {
    const traffic = trafficOf(resource).filter((one) => one.direction === direction);
    if (traffic.length === 0 || excepted(resource, context)) return notApplicable();
    const judged = traffic.flatMap((one) =>
      openings.includes(openingOf(one)) ? one.ranges.map((range) => judgeRange(one, range, context)) : [],
    );
    return judged.length > 0 ? allOf(judged) : pass();

    function judgeRange(one: Traffic, range: Traffic["ranges"][number], { graph }: RuleContext): Verdict {
      const whom =
        direction === "ingress"
          ? `not let everyone in on ${shownPorts(one)}`
          : `not let ${shownPorts(one)} out to everyone`;
      const about = { attribute: range.path, key: `${shownPorts(one)}::${range.toString()}` };
      const message = `\`${range.path}\` must ${whom}, got ${range.toString()}`;
      const openness = opennessOf(range, graph);
      if (openness === "narrow") return pass();
      return openness === "world" && openingOf(one) !== "unknown" ? fail(message, about) : unknown(message, about);
    }
  };
}
