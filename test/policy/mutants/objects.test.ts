import { tryMutants } from "./try-mutants";

tryMutants("objects");
