import { redisCacheCases } from "./cases/redis-cache";
import { describeGrants } from "./describe-grants";

describeGrants(redisCacheCases);
