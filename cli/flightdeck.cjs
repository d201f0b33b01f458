#!/usr/bin/env node
"use strict";
try {
  require("tsx/cjs");
} catch (error) {
  if (error.code !== "MODULE_NOT_FOUND") throw error;
  console.error("The Node packages are not installed. Install them: npm ci --ignore-scripts");
  process.exit(2);
}
const { main } = require("./main.ts");

main(process.argv.slice(2)).then((exitCode) => {
  process.exitCode = exitCode;
});
