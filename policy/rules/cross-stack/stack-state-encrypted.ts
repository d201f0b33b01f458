import { mustBe } from "../../engine/expect";
import { environmentRule } from "../../engine/rule";
import type { Example } from "../../engine/rule";
import { judgeBackends } from "./private/backend-rule";

const stack = (backend: object): Example => ({
  terraform: { terraform: { backend: { s3: { bucket: "state", key: "data.tfstate", ...backend } } } },
});

/** S3 encrypts by itself with its own key; only with `encrypt` does Terraform ask for encryption, and for a key that is named. */
export const stackStateEncrypted = environmentRule({
  id: "FD-STACK-004",
  slug: "stack-state-encrypted",
  title: "Terraform asks for encryption when it writes the state",
  severity: "medium",
  packs: ["baseline"],
  why: "States hold passwords in clear. Without `encrypt` a `kms_key_id` is not used, and a bucket that demands encryption refuses the state at the end of an apply.",
  fix: "Set `encrypt` of the backend to true.",
  judge: (context) => judgeBackends(context, ["s3"], (backend) => mustBe(backend.at("encrypt"), true)),
  examples: { failing: stack({}), passing: stack({ encrypt: true }) },
});
