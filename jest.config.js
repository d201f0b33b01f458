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

/** `unit`: fast, needs nothing but Node. `proofs`: the real provider, servers and processes; one file at a time. */
module.exports = {
  projects: [
    {
      ...shared,
      displayName: "unit",
      testMatch: ["<rootDir>/test/**/*.test.ts"],
      testPathIgnorePatterns: ["/node_modules/", "<rootDir>/test/proofs/", "<rootDir>/test/faults/"],
    },
    {
      ...shared,
      displayName: "proofs",
      testMatch: ["<rootDir>/test/proofs/**/*.test.ts", "<rootDir>/test/faults/**/*.test.ts"],
    },
  ],
};
