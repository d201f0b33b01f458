import { registryCases } from "./cases/registry";
import { describeGrants } from "./describe-grants";

describeGrants(registryCases);
