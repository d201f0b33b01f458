import { DescribeSecretCommand } from "@aws-sdk/client-secrets-manager";
import type { SecretFact } from "../preflight-aws";
import type { Clients } from "./clients";
import { orElse, question } from "./question";
import { tagsOf } from "./tags";

/** Looks a secret up by its name, without its value. */
export function secretQuestion({ secrets }: Clients, name: string): Promise<SecretFact> {
  return question("secretsmanager:DescribeSecret", () =>
    orElse<SecretFact>({ exists: false }, ["ResourceNotFoundException"], async () => {
      const found = await secrets.send(new DescribeSecretCommand({ SecretId: name }));
      const { Tags, VersionIdsToStages = {}, DeletedDate } = found;
      const hasValue = Object.keys(VersionIdsToStages).length > 0;
      return { exists: true, tags: tagsOf(Tags), hasValue, deleted: DeletedDate !== undefined };
    }),
  );
}
