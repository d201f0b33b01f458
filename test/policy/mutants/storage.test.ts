import { tryMutants } from "./try-mutants";

tryMutants("storage");
