#!/usr/bin/env node
// Starts the command line: Node 20 reads TypeScript through tsx.
import { register } from "tsx/esm/api";

register();
await import("./cli.ts");
