import { postgresDatabaseCases } from "./cases/postgres-database";
import { describeGrants } from "./describe-grants";

describeGrants(postgresDatabaseCases);
