import { printable } from '../../domain/printable.ts';
import { paint } from '../paint.ts';
import { wrap } from '../wrap.ts';

const GAP = 2;

/** With less room than this for the last column, each row is a block of "title value" lines. */
const LEAST_LAST = 24;

/** No terminal is taken to be narrower. */
const LEAST_WIDTH = 60;

/** The width to write for: of the terminal, or none in a pipe, which wants each row on one line. */
export const widthOf = ({ isTTY, columns }: NodeJS.WriteStream = process.stdout): number =>
  isTTY ? Math.max(columns || 80, LEAST_WIDTH) : Number.POSITIVE_INFINITY;

/** Rows under titles, in columns as wide as they need; the last one is wrapped. */
export function table(titles: readonly string[], rows: readonly (readonly string[])[], width = widthOf()): string {
  const cells = rows.map((row) => row.map(printable));
  const widths = titles.map((title, at) => Math.max(title.length, ...cells.map((row) => row[at]?.length ?? 0)));
  const before = widths.slice(0, -1).reduce((sum, each) => sum + each + GAP, 0);
  const room = width - before - 1;
  const natural = widths.at(-1) ?? 0;
  if (natural > room && room < LEAST_LAST) return cells.map((row) => block(titles, row, width)).join('\n\n');
  const line = (row: readonly string[]): string =>
    wrap(row.at(-1) ?? '', room)
      .map((part, at) => {
        const left = at === 0 ? row.slice(0, -1).map((cell, column) => cell.padEnd((widths[column] ?? 0) + GAP)) : [];
        return `${at === 0 ? left.join('') : ' '.repeat(before)}${part}`.trimEnd();
      })
      .join('\n');
  return [paint('dim', line(titles)), ...cells.map(line)].join('\n');
}

function block(titles: readonly string[], row: readonly string[], width: number): string {
  const left = Math.max(...titles.map(({ length }) => length)) + GAP;
  return titles
    .flatMap((title, at) =>
      wrap(row[at] ?? '', width - left - 1).map(
        (part, index) => `${index === 0 ? paint('dim', title.padEnd(left)) : ' '.repeat(left)}${part}`,
      ),
    )
    .join('\n');
}
