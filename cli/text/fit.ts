/** How far the rest of a line that was broken stands in from its beginning. */
const HANG = 4;

// biome-ignore lint/suspicious/noControlCharactersInRegex: the escapes that `paint` writes
const ESCAPES = /\u001b\[\d+m/g;

const columnsOf = (text: string): number => text.replace(ESCAPES, '').length;

/** Text whose lines are at most `width` columns wide: a longer one is broken between words, and its rest stands further in. */
export const fit = (text: string, width: number): string =>
  text
    .split('\n')
    .flatMap((line) => (columnsOf(line) <= width ? [line] : broken(line, width)))
    .join('\n');

/** The same of what is wrong: lines of JSON in it stay as they are, to be copied. */
export const fitMessage = (text: string, width: number): string =>
  text
    .split('\n')
    .map((line) => (/^ *["{}]/.test(line) ? line : fit(line, width)))
    .join('\n');

function broken(line: string, width: number): string[] {
  const indent = /^ */.exec(line)?.[0].length ?? 0;
  const hang = ' '.repeat(Math.min(indent + HANG, Math.floor(width / 3)));
  const lines: string[] = [];
  let current = ' '.repeat(indent);
  let isEmpty = true;
  // Spaces between words stay: they hold columns.
  for (const [piece, word = ''] of line.slice(indent).matchAll(/(\S+)\s*/g)) {
    if (!isEmpty && columnsOf(current) + columnsOf(word) > width) {
      lines.push(current.trimEnd());
      current = hang;
    }
    current += piece;
    isEmpty = false;
    for (; columnsOf(current.trimEnd()) > width && !current.includes('\u001b'); current = hang + current.slice(width))
      lines.push(current.slice(0, width));
  }
  return [...lines, current.trimEnd()];
}
