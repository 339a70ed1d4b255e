// The main job, stage by stage: this file is the only one that knows them all.
import { cpus } from "node:os";
import { chooseAcceleration } from "./guest/acceleration.ts";
import { chooseBootWay } from "./guest/boot-way.ts";
import type { Machine } from "./guest/machine.ts";
import type { Image } from "./image/image.ts";
import { prepareImage } from "./image/prepare.ts";
import type { Kernel } from "./kernel/kernel.ts";
import { prepareKernel } from "./kernel/prepare.ts";
import type { Job } from "./plan/job.ts";
import { selectCases } from "./plan/select-cases.ts";
import type { Progress } from "./process/progress.ts";
import { type Limits, runSession, type Turn } from "./session/session.ts";
