import { tryMutants } from "./try-mutants";

tryMutants("compute");
