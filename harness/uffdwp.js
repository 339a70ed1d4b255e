#!/usr/bin/env node
// The command's entry: plain JavaScript, so that node can start it; tsx reads the TypeScript behind it.
import { register } from "tsx/esm/api";

register();
await import("./cli.ts");
