// What a live view knows, and the lines that it shows of it: no terminal, no clock of its own.
import type { Colors } from "../report/colors.ts";
import { isUnexpected, type Verdict } from "../verdict/verdict.ts";

export interface LiveState {
  /** Replaces what goes on before and between cases. */
  status(text: string): void;
  began(id: string, guest: number, now: number): void;
  verdict(verdict: Verdict, position: { done: number; of: number }, now: number): void;
  /** Lines for a terminal of so many columns; `now` in milliseconds of any clock. */
  lines(columns: number, now: number): string[];
}

/** Over so many milliseconds the pace is taken. */
const WINDOW = 5_000;
const BAR = 24;
/** A status that says how far it is: `building: 812 of about 1755 objects, 3 min left`. */
const SHARE = /(\d+) of (?:about )?(\d+)/;

export function createLiveState(colors: Colors): LiveState {
  const running = new Map<number, { id: string; since: number }>();
  let ends: number[] = [];
  let text = "";
  let position: { done: number; of: number } | undefined;
  let unexpected = 0;

  function caseLines(columns: number, now: number): string[] {
    const { done, of } = position ?? { done: 0, of: 0 };
    const words = [`${done} of ${of} cases`, ...pace(ends, of - done, now)];
    const bad = unexpected > 0 ? `, ${unexpected} not as expected` : "";
    const guests = [...running]
      .sort(([a], [b]) => a - b)
      .map(([guest, one]) => guestLine(guest, one, columns, now, colors));
    return [withBar(words.join(", "), done / of, columns, bad, colors), ...guests];
  }

  return {
    status(next) {
      text = next;
    },
    began(id, guest, now) {
      running.set(guest, { id, since: now });
    },
    verdict(verdict, next, now) {
      running.delete(verdict.guest);
      position = next;
      ends = [...ends, now].filter((at) => now - at <= WINDOW);
      if (isUnexpected(verdict)) unexpected++;
    },
    lines(columns, now) {
      if (position) return caseLines(columns, now);
      const [, done, of] = SHARE.exec(text) ?? [];
      if (done && of) return [withBar(text, Number(done) / Number(of), columns, "", colors)];
      return text === "" ? [] : [cut(text, columns - 1)];
    },
  };
}

function withBar(text: string, share: number, columns: number, bad: string, colors: Colors) {
  const rest = columns - 1 - text.length - bad.length - 1;
  const width = Math.min(BAR, rest);
  if (width < 8) return cut(text + bad, columns - 1);
  const done = Math.round(Math.min(1, share) * width);
  const bar = colors.green("━".repeat(done)) + colors.dim("─".repeat(width - done));
  return `${bar} ${text}${bad && colors.red(bad)}`;
}

function guestLine(
  guest: number,
  { id, since }: { id: string; since: number },
  columns: number,
  now: number,
  colors: Colors,
): string {
  const seconds = (now - since) / 1000;
  // Most cases take no time worth telling.
  const time = seconds >= 1 ? ` ${seconds.toFixed(0)} s` : "";
  const label = `guest ${guest}  `;
  return `${colors.dim(label)}${cut(id, columns - 1 - label.length - time.length)}${time}`;
}

/** Cases per second, and the time left at that pace. */
function pace(ends: readonly number[], left: number, now: number): string[] {
  const recent = ends.filter((at) => now - at <= WINDOW);
  const [first] = recent;
  if (first === undefined || recent.length < 3) return [];
  const perSecond = recent.length / (Math.max(now - first, 1) / 1000);
  const seconds = Math.round(left / perSecond);
  const time = seconds >= 90 ? `${Math.round(seconds / 60)} min` : `${seconds} s`;
  return [
    `${perSecond.toFixed(perSecond < 10 ? 1 : 0)} a second`,
    ...(left > 0 ? [`${time} left`] : []),
  ];
}

function cut(text: string, width: number): string {
  return text.length <= width ? text : `${text.slice(0, Math.max(0, width - 1))}…`;
}
