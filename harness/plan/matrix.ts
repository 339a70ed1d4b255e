// From a matrix file to its cells: each is a job of its own.
import { readYaml } from "../process/yaml-file.ts";
import { type Job, jobFrom } from "./job.ts";
import { kernelName, type MatrixFile, matrixSchema } from "./matrix-schema.ts";
import type { Profile } from "./profile.ts";

export interface Cell {
  readonly kernel: string;
  readonly kconfig: string;
  readonly suite: string;
  readonly job: Job;
}

/** @throws {UsageError} with file, line and column of a mistake */
export async function readMatrix(path: string): Promise<MatrixFile> {
  return readYaml(path, matrixSchema);
}

/**
 * The cells of a matrix, kernel by kernel and kconfig by kconfig, so that those of one build follow
 * one another.
 *
 * @param overrides what the command line says; it counts more than the file
 */
export function cellsOf(matrix: MatrixFile, overrides: Profile = {}): Cell[] {
  const { kernels, kconfigs, suites, exclude, include, ...shared } = matrix;
  const axis = Object.fromEntries(kernels.map((one) => [kernelName(one), kernelProfile(one)]));
  const cell = (kernel: string, kconfig: string, suite: string): Cell => {
    const of = { ...(axis[kernel] ?? { kernel }), kconfig: kconfigs[kconfig], ...suites[suite] };
    return { kernel, kconfig, suite, job: jobFrom(shared, of, overrides) };
  };
  const product = Object.keys(axis).flatMap((kernel) =>
    Object.keys(kconfigs).flatMap((kconfig) =>
      Object.keys(suites).map((suite) => cell(kernel, kconfig, suite)),
    ),
  );
  const kept = product.filter((one) => !exclude.some((names) => has(one, names)));
  const more = include.filter((names) => !kept.some((one) => has(one, names)));
  return [...kept, ...more.map((one) => cell(one.kernel, one.kconfig, one.suite))];
}

/** `debian:6.1 × plain × all`. */
export function cellName({ kernel, kconfig, suite }: Omit<Cell, "job">): string {
  return `${kernel} × ${kconfig} × ${suite}`;
}

function has(cell: Cell, names: MatrixFile["exclude"][number]): boolean {
  const { kernel = cell.kernel, kconfig = cell.kconfig, suite = cell.suite } = names;
  return kernel === cell.kernel && kconfig === cell.kconfig && suite === cell.suite;
}

function kernelProfile(one: MatrixFile["kernels"][number]): Profile {
  if (typeof one === "string") return { kernel: one };
  const { name: _, ...profile } = one;
  return profile;
}
