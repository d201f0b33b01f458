"use strict";

const shared = {
  rootDir: __dirname,
  testEnvironment: "node",
  transform: {
    "^.+\\.ts$": [
      "@swc/jest",
      { jsc: { parser: { syntax: "typescript" }, target: "es2022" }, module: { type: "commonjs" } },
    ],
  },
  modulePathIgnorePatterns: ["<rootDir>/cdktf.out", "<rootDir>/.flightdeck"],
};

/**
 * `unit`: fast, needs nothing but Node. `provider`: the stacks against the real provider's schema, needs Terraform.
 * `proofs`: deploys, servers and killed processes.
 */
module.exports = {
  projects: [
    {
      ...shared,
      displayName: "unit",
      testMatch: ["<rootDir>/test/**/*.test.ts"],
      testPathIgnorePatterns: ["/node_modules/", "<rootDir>/test/(provider|proofs|faults)/"],
    },
    {
      ...shared,
      displayName: "provider",
      testMatch: ["<rootDir>/test/provider/**/*.test.ts"],
    },
    {
      ...shared,
      displayName: "proofs",
      testMatch: ["<rootDir>/test/proofs/**/*.test.ts", "<rootDir>/test/faults/**/*.test.ts"],
    },
  ],
};
