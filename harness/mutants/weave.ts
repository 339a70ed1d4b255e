// The spots of all mutants in one body: guards inside guards, none across another.
import type { Spot } from "./compare.ts";
import { guard } from "./guard.ts";

export interface NumberedSpot {
  readonly number: number;
  readonly spot: Spot;
}

/** The body with every spot guarded. */
export function weave(body: string, spots: readonly NumberedSpot[]): string {
  const nested = untangle(body, spots).sort(inOrder);
  return weaveRange(body, 0, body.length, nested);
}

/** As they begin; what is only added before what begins there, and what is around before what is in it. */
function inOrder(a: NumberedSpot, b: NumberedSpot): number {
  const adds = ({ spot }: NumberedSpot) => (isAddition(spot) ? 0 : 1);
  return (
    a.spot.start - b.spot.start ||
    adds(a) - adds(b) ||
    b.spot.end - a.spot.end ||
    a.number - b.number
  );
}

/** What lies in a range, its own guards included; `spots` are sorted, those around others first. */
function weaveRange(
  body: string,
  start: number,
  end: number,
  spots: readonly NumberedSpot[],
): string {
  let text = "";
  let at = start;
  for (let i = 0; i < spots.length; ) {
    const { number, spot } = spots[i] as NumberedSpot;
    const inner = spots.slice(i + 1).filter((one) => isWithin(one.spot, spot));
    text += body.slice(at, spot.start);
    text += guard(number, spot, weaveRange(body, spot.start, spot.end, inner));
    at = spot.end;
    i += 1 + inner.length;
  }
  return text + body.slice(at, end);
}

/** What is only added at an end belongs to the block around: it may be a branch without braces that ends there. */
function isWithin(inner: Spot, outer: Spot): boolean {
  if (isAddition(outer)) return false;
  if (isAddition(inner)) return inner.start > outer.start && inner.end < outer.end;
  return inner.start >= outer.start && inner.end <= outer.end;
}

function isAddition({ start, end }: Spot): boolean {
  return start === end;
}

/** Ranges of statements that overlap become the range of both. */
function untangle(body: string, spots: readonly NumberedSpot[]): NumberedSpot[] {
  const result = [...spots];
  for (let again = true; again; ) {
    again = false;
    for (const [i, a] of result.entries()) {
      const b = result.find((one) => cross(a.spot, one.spot));
      if (!b) continue;
      const start = Math.min(a.spot.start, b.spot.start);
      const end = Math.max(a.spot.end, b.spot.end);
      result[i] = { ...a, spot: widen(body, a.spot, start, end) };
      result[result.indexOf(b)] = { ...b, spot: widen(body, b.spot, start, end) };
      again = true;
    }
  }
  return result;
}

function cross(a: Spot, b: Spot): boolean {
  return a.start < b.start && b.start < a.end && a.end < b.end;
}

function widen(body: string, spot: Spot, start: number, end: number): Spot {
  const changed = body.slice(start, spot.start) + spot.changed + body.slice(spot.end, end);
  return { kind: "statements", start, end, changed };
}
