/** SGR codes: on, off. Source: ECMA-48. Node's own `styleText` ignores NO_COLOR and pipes before Node 22. */
const STYLES = {
  bold: [1, 22],
  dim: [2, 22],
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
  cyan: [36, 39],
} as const;

export type Style = keyof typeof STYLES;

/** Whether a stream gets colours: a terminal does, unless NO_COLOR (https://no-color.org) or TERM=dumb says no. */
export const takesColors = (
  { isTTY }: { isTTY?: boolean } = process.stdout,
  { NO_COLOR, TERM }: NodeJS.ProcessEnv = process.env,
): boolean => isTTY === true && !NO_COLOR && TERM !== 'dumb';

/** Text in a style, where the standard output takes colours. */
export const paint = (style: Style, text: string, colors = takesColors()): string =>
  colors ? `\u001b[${STYLES[style][0]}m${text}\u001b[${STYLES[style][1]}m` : text;
