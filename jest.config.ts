import type { Config } from "jest";

const shared = {
  testEnvironment: "node",
  transform: {
    "^.+\\.(t|m?j)s$": [
      "@swc/jest",
      { jsc: { parser: { syntax: "typescript" }, target: "es2022" }, module: { type: "commonjs" } },
    ],
  },
  // Packages published as ES modules only; everything else in node_modules runs as it is.
  transformIgnorePatterns: ["/node_modules/(?!(execa|@sindresorhus|figures|is-unicode-supported|npm-run-path|path-key|unicorn-magic|pretty-ms|parse-ms|strip-final-newline|is-plain-obj|is-stream|get-stream|yoctocolors|@sec-ant|human-signals)/)"],
  modulePathIgnorePatterns: ["<rootDir>/cdktf.out", "<rootDir>/.flightdeck"],
} satisfies Config;

const config: Config = {
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

export default config;
