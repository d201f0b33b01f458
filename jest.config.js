"use strict";

/** Packages published as ES modules only: they are transformed like our own files. */
const ES_MODULE_PACKAGES = [
  "execa",
  "@sindresorhus",
  "figures",
  "is-unicode-supported",
  "npm-run-path",
  "path-key",
  "unicorn-magic",
  "pretty-ms",
  "parse-ms",
  "strip-final-newline",
  "is-plain-obj",
  "is-stream",
  "get-stream",
  "yoctocolors",
  "@sec-ant",
  "human-signals",
];

const shared = {
  rootDir: __dirname,
  testEnvironment: "node",
  transform: {
    "^.+\\.(t|m?j)s$": [
      "@swc/jest",
      { jsc: { parser: { syntax: "typescript" }, target: "es2022" }, module: { type: "commonjs" } },
    ],
  },
  transformIgnorePatterns: [`/node_modules/(?!(${ES_MODULE_PACKAGES.join("|")})/)`],
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
