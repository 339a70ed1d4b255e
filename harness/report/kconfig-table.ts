// A bisection of configurations for the terminal: the options, and each mixture that was tried.
import pc from "picocolors";
import type { KconfigRecord, KconfigStep, OptionChange } from "../hunt/kconfig-record.ts";
import { symptomWords } from "../hunt/symptom.ts";
import type { Colors } from "./colors.ts";
import { percentWords } from "./words.ts";

/** @param directory of the hunt, as a person names it */
export function kconfigTable(
  { steps, options, differences, symptom, confidence }: KconfigRecord,
  { directory, color }: { readonly directory: string; readonly color: boolean },
): string {
  const colors = pc.createColors(color);
  const head = `${options.length} of ${differences} options make the difference`;
  return [
    ...steps.map((step) => stepLine(step, colors)),
    ...(steps.length > 0 ? [""] : []),
    colors.bold(head),
    ...options.map((one) => `    ${optionWords(one)}`),
    "",
    `Symptom     ${symptomWords(symptom)}`,
    `Confidence  ${percentWords(confidence)}`,
    `Report      ${directory}/report.html`,
  ].join("\n");
}

function stepLine({ verdict, why, options, reused }: KconfigStep, colors: Colors): string {
  const paint = { good: colors.green, bad: colors.red, skip: colors.yellow }[verdict];
  const same = reused ? " (same kernel as before)" : "";
  const names = options.length <= 4 ? options.join(" ") : `${options.length} options`;
  return `${paint(verdict.padEnd(5))} ${names}${colors.dim(`${why && `: ${why}`}${same}`)}`;
}

function optionWords({ option, good, bad }: OptionChange): string {
  return `${option}: ${good ?? "its default"} → ${bad ?? "its default"}`;
}
