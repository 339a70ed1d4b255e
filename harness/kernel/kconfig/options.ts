// Lines of a .config or a fragment.

/** Option to value: `y`, `m`, `n`, a number or a quoted string; `CONFIG_X is not set` is `n`. */
export function parseOptions(text: string): Map<string, string> {
  const options = new Map<string, string>();
  for (const line of text.split("\n")) {
    const set = /^(CONFIG_\w+)=(.*)$/.exec(line);
    const unset = /^# (CONFIG_\w+) is not set$/.exec(line);
    if (set) options.set(set[1] as string, set[2] as string);
    else if (unset) options.set(unset[1] as string, "n");
  }
  return options;
}
