// A title without what differs from one boot to the next.

/** In this order, each until nothing changes any more, as syzkaller's pkg/report has them. */
const CHANGING: readonly (readonly [RegExp, string])[] = [
  [/syz-executor\.?\d+(?:[/:]\d+)?/g, "syz-executor"],
  [/syzkaller\d+(?:[/:]\d+)?/g, "syzkaller"],
  // Addresses.
  [/([^a-zA-Z0-9])(?:0x)?[0-9a-f]{6,}/g, "$1ADDR"],
  [/(?<![\w:])(?:[0-9a-f]{1,4}:)+:(?:[0-9a-f:]*)(?![\w:])/g, "IPV6ADDR"],
  [/(?<![\w:])(?:[0-9a-f]{1,4}:){7}[0-9a-f]{1,4}(?![\w:])/g, "IPV6ADDR"],
  [/\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}/g, "IP"],
  [/(\.\w+)(?::\d+)+/g, "$1:LINE"],
  [/([a-zA-Z][\w.]+)\+0x[0-9a-z]+\/0x[0-9a-z]+/g, "$1"],
  [/CPU#\d+/g, "CPU"],
  // Numbers by themselves; those in names of functions (cfg80211_…) stay, unless they are long.
  [/(\W)\d+(\W|$)/g, "$1NUM$2"],
  [/\d{7,}/g, "NUM"],
];
const LONGEST = 120;
/** What is more than enough for that, however much shorter it gets. */
const READ = 1000;

export function stableTitle(title: string): string {
  const stable = CHANGING.reduce(
    (text, [pattern, instead]) => settle(text, pattern, instead),
    title.slice(0, READ),
  );
  return stable
    .slice(0, LONGEST)
    .replaceAll("\t", " ")
    .replace(/[^\x20-\x7e]/g, "")
    .replace(/ {2,}/g, " ")
    .trim();
}

/** Matches may share a character: "0,1,2" takes two rounds. */
function settle(text: string, pattern: RegExp, instead: string): string {
  const next = text.replace(pattern, instead);
  return next === text ? text : settle(next, pattern, instead);
}
