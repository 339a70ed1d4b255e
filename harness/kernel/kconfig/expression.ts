// Evaluates a Kconfig expression against a resolved configuration.

/** The options, without CONFIG_, that would have to change for an expression to hold; [] when it holds. */
export function missingFor(expression: string, valueFor: (option: string) => string): string[] {
  const tokens =
    expression.match(/\|\||&&|!=|!|\(|\)|=|<=|>=|<|>|"[^"]*"|'[^']*'|\$\([^)]*\)|[\w./-]+/g) ?? [];
  let at = 0;

  function parseOr(): string[] {
    let missing = parseAnd();
    while (tokens[at] === "||") {
      at++;
      const right = parseAnd();
      // One side is enough; when neither holds, all of both are worth naming.
      missing = missing.length === 0 || right.length === 0 ? [] : [...missing, ...right];
    }
    return missing;
  }

  function parseAnd(): string[] {
    let missing = parseTerm();
    while (tokens[at] === "&&") {
      at++;
      missing = [...missing, ...parseTerm()];
    }
    return missing;
  }

  function parseTerm(): string[] {
    const token = tokens[at++];
    if (token === "!") {
      const start = at;
      const holds = parseTerm().length === 0;
      return holds ? [`!${tokens.slice(start, at).join("")}`] : [];
    }
    if (token === "(") {
      const missing = parseOr();
      at++;
      return missing;
    }
    return parseComparison(token ?? "");
  }

  function parseComparison(left: string): string[] {
    const operator = tokens[at];
    if (operator === undefined || !/^(=|!=|<=|>=|<|>)$/.test(operator)) {
      return isTrue(left, valueFor) ? [] : [left];
    }
    const right = tokens[at + 1] ?? "";
    at += 2;
    const holds = compare(resolve(left, valueFor), operator, resolve(right, valueFor));
    return holds ? [] : [`${left}${operator}${right}`];
  }

  return [...new Set(parseOr())];
}

/** Macros such as $(cc-option,…) are settled by the toolchain, not by an option: taken as true. */
function isTrue(symbol: string, valueFor: (option: string) => string): boolean {
  if (symbol.startsWith("$(")) return true;
  const value = resolve(symbol, valueFor);
  return value !== "n" && value !== "";
}

function resolve(symbol: string, valueFor: (option: string) => string): string {
  const quoted = /^["'](.*)["']$/.exec(symbol);
  if (quoted) return quoted[1] as string;
  return /^([ymn]|\d+|0x[\da-fA-F]+)$/.test(symbol) ? symbol : valueFor(symbol);
}

function compare(left: string, operator: string, right: string): boolean {
  if (operator === "=") return left === right;
  if (operator === "!=") return left !== right;
  const difference = Number(left) - Number(right);
  if (operator === "<") return difference < 0;
  if (operator === ">") return difference > 0;
  return operator === "<=" ? difference <= 0 : difference >= 0;
}
