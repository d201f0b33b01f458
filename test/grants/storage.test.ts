import { storeCases } from "./cases/stores";
import { describeGrants } from "./describe-grants";

describeGrants(storeCases);
