type Expected = 'value' | 'value or end' | 'key' | 'key or end' | 'colon' | 'comma or end' | 'nothing';

const SPACE = /[ \t\n\r]*/y;
const STRING = '"(?:[^"\\\\\\u0000-\\u001f]|\\\\(?:["\\\\/bfnrt]|u[0-9a-fA-F]{4}))*"';
const TOKEN = new RegExp(
  `(?<string>${STRING})|(?<scalar>-?(?:0|[1-9]\\d*)(?:\\.\\d+)?(?:[eE][+-]?\\d+)?|true|false|null)|[[\\]{},:]`,
  'uy',
);

/**
 * Where a text stops being JSON, and how. `JSON.parse` says so only now and then, and differently with each version.
 * Undefined for a text that is JSON.
 */
export function jsonError(text: string): { line: number; column: number; detail: string } | undefined {
  const offset = brokenAt(text);
  if (offset === undefined) return undefined;
  const lines = text.slice(0, offset).split('\n');
  return { line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1, detail: whatIsWrong(text.slice(offset)) };
}

/** A sentence's beginning: "at line 1, column 2" goes on from it. */
function whatIsWrong(rest: string): string {
  if (rest === '') return 'it ends too early';
  if (/^"(?:[^"\\]|\\.)*$/s.test(rest)) return 'a string that has no end begins';
  if (rest.startsWith('"') && !new RegExp(`^${STRING}`, 'u').test(rest))
    return 'a string with a control character or a wrong escape begins';
  return `${JSON.stringify(String.fromCodePoint(rest.codePointAt(0) ?? 0))} is not expected`;
}

function brokenAt(text: string): number | undefined {
  const open: string[] = [];
  let expected: Expected = 'value';
  for (let at = 0; ; ) {
    SPACE.lastIndex = at;
    SPACE.exec(text);
    at = SPACE.lastIndex;
    if (at === text.length && expected === 'nothing') return undefined;
    TOKEN.lastIndex = at;
    const found = TOKEN.exec(text);
    const after: Expected | undefined = found ? following(found, expected, open) : undefined;
    if (!found || !after) return at;
    expected = after;
    at = TOKEN.lastIndex;
  }
}

/** What may come after this token; undefined when it may not stand here. Keeps account of what is open. */
function following({ 0: token, groups }: RegExpExecArray, expected: Expected, open: string[]): Expected | undefined {
  const inside = (): Expected => (open.length === 0 ? 'nothing' : 'comma or end');
  const closes = token === '}' ? '{' : '[';
  switch (expected) {
    case 'value':
    case 'value or end':
      if (groups?.['string'] !== undefined || groups?.['scalar'] !== undefined) return inside();
      if (token === '{' || token === '[') {
        open.push(token);
        return token === '{' ? 'key or end' : 'value or end';
      }
      break;
    case 'key':
    case 'key or end':
      if (groups?.['string'] !== undefined) return 'colon';
      break;
    case 'colon':
      return token === ':' ? 'value' : undefined;
    case 'comma or end':
      if (token === ',') return open.at(-1) === '{' ? 'key' : 'value';
      break;
    case 'nothing':
      return undefined;
  }
  if (!expected.endsWith('end') || !'}]'.includes(token) || open.at(-1) !== closes) return undefined;
  open.pop();
  return inside();
}
