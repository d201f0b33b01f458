import type { Overlay } from "./overlay";
import { amendText } from "./overlay";

const OWN_TAGS =
  /<item><resourceType>launch-template<\/resourceType><tagSet>(?:<item>.*?<\/item>)*<\/tagSet><\/item>/gs;

/** moto lists the tags of a launch template itself among those that the template gives to instances. */
export const ec2LaunchTemplateTags: Overlay = {
  service: "ec2",
  actions: ["DescribeLaunchTemplateVersions"],
  amend: (_call, response) =>
    amendText(response, (text) =>
      text
        .replace(OWN_TAGS, "")
        .replaceAll(/<tagSpecificationSet>\s*<\/tagSpecificationSet>/g, "<tagSpecificationSet/>"),
    ),
};
