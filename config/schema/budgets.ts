import { z } from "zod";
import { kebabName } from "./primitives";

const usd = () => z.number().positive("must be more than 0");

export const budgetsSchema = z
  .strictObject({
    monthlyUsd: usd()
      .optional()
      .describe("What the whole environment may cost in a month, in USD. Left out: no budget."),
    pools: z
      .record(kebabName(), usd().describe("What the pool of that name may cost in a month, in USD."))
      .default({})
      .describe("Budgets of single node pools, by the pool's name."),
    alertsTo: z
      .array(z.email("must be an e-mail address"))
      .max(10, "must be at most 10 addresses, the limit of AWS Budgets")
      .default([])
      .describe("E-mail addresses that are told of alerts. Left out: the owner."),
  })
  .prefault({})
  .describe("Monthly cost budgets with alerts, by the cost allocation tags of this platform.");
