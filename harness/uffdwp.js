#!/usr/bin/env node
// Starts the command line.
import { bundle } from "./bundle.js";

// What a bug of ours prints names our sources.
process.setSourceMapsEnabled(true);
const program = await bundle().catch((error) => {
  console.error(`uffdwp: this checkout can't be started: ${error.message}`);
  // Not 1: that would be the kernel's fault.
  process.exit(128);
});
await import(program);
