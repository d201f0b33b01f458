import { tryMutants } from "./try-mutants";

tryMutants("access");
