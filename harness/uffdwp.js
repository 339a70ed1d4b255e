#!/usr/bin/env node
// Starts the command line.
import { bundle } from "./bundle.js";

// What a bug of ours prints names our sources.
process.setSourceMapsEnabled(true);
await import(await bundle());
