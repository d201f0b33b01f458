import { keyCases } from "./cases/key";
import { secretCases } from "./cases/secret";
import { describeGrants } from "./describe-grants";

describeGrants(keyCases);
describeGrants(secretCases);
