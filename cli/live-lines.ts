import { paint } from './paint.ts';
import { wrap } from './wrap.ts';

export const SIGNS = {
  good: paint('green', '✔'),
  bad: paint('red', '✖'),
  waiting: '…',
} as const;

/** "WriteViewerValidationRecords", the longest name of a step. */
export const LONGEST_NAME = 28;

/** Of the first ten minutes: a later time moves its own line. */
const LONGEST_TIME = '9 min 59 s'.length;

/** Where a line's sign, its name and what is said of it begin. */
const SIGN_COLUMN = 23;
const NAME_COLUMN = SIGN_COLUMN + 2;
const TEXT_COLUMN = NAME_COLUMN + LONGEST_NAME + 1;

/** From this width on, what is said stands beside the name; below, under it. */
const WIDE = 100;
const NARROWEST = NAME_COLUMN + 20;

const spinner = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];

/** Up and to the left margin, and everything below cleared. Source: ECMA-48, CPL and ED. */
const backUp = (lines: number): string => `\x1b[${lines}F\x1b[0J`;

/** What goes on: a name, and what is said of it, each text on lines of its own. */
export interface Row {
  name: string;
  said: readonly string[];
}

/** What has happened, so many seconds of AWS time after the beginning. */
export interface Line extends Row {
  awsSeconds: number;
  sign: string;
}

/**
 * Shows what happens over AWS time: a line for each thing, and on a terminal, below them, what goes on, drawn again at every
 * update. A pipe gets the lines alone, as long as they are.
 */
export class LiveLines {
  readonly #out: NodeJS.WriteStream;
  /** Whether what goes on is drawn. */
  readonly isLive: boolean;
  readonly #beganAt = performance.now();
  #drawn: readonly string[] = [];
  #turn = 0;

  /** `what` heads the lines: "step". */
  constructor(out: NodeJS.WriteStream, what: string) {
    this.#out = out;
    this.isLive = out.isTTY && process.env['TERM'] !== 'dumb';
    this.#out.write(paint('dim', `  ${'AWS time'.padStart(LONGEST_TIME)} ${'wall'.padStart(7)}   ${what}\n`));
  }

  /** Writes lines that stay, and draws anew what goes on, all at once: a terminal would show the gap between erased and drawn. */
  show(lines: readonly Line[], now: readonly Row[] = []): void {
    const erased = this.#drawn.length > 0 ? backUp(this.#rowsOfDrawn()) : '';
    const frame = erased + lines.map((line) => this.#line(line)).join('') + (this.isLive ? this.#draw(now) : '');
    if (frame !== '') this.#out.write(frame);
  }

  #line({ awsSeconds, sign, name, said }: Line): string {
    const aws = seconds(awsSeconds).padStart(LONGEST_TIME);
    const wall = seconds((performance.now() - this.#beganAt) / 1000).padStart(7);
    const { beside, below } = this.#layOut(said);
    const first = `  ${aws} ${paint('dim', wall)}   ${sign} ${nameAnd(name, beside && paint('dim', beside))}\n`;
    return first + below.map((line) => `${paint('dim', line)}\n`).join('');
  }

  /** A terminal that has become narrower since has broken the longer lines. */
  #rowsOfDrawn(): number {
    const rows = this.#drawn.map(({ length }) => Math.max(Math.ceil(length / this.#out.columns), 1));
    return rows.reduce((sum, each) => sum + each, 0);
  }

  /** As much as fits: what has left the screen can't be drawn again. */
  #draw(now: readonly Row[]): string {
    const turn = spinner[this.#turn++ % spinner.length];
    const lines = now.flatMap(({ name, said }) => {
      const { beside, below } = this.#layOut(said);
      return [`${' '.repeat(SIGN_COLUMN)}${turn} ${nameAnd(name, beside)}`, ...below];
    });
    const shown = lines.slice(0, Math.max(this.#out.rows - 1, 1));
    this.#drawn = shown;
    return shown.map((line) => `${paint('cyan', line)}\n`).join('');
  }

  /** What is said: the line beside the name, and the lines below it whole. */
  #layOut(said: readonly string[]): { beside: string; below: string[] } {
    const width = this.isLive ? Math.max(this.#out.columns - 1, NARROWEST) : Number.POSITIVE_INFINITY;
    const column = width < WIDE ? NAME_COLUMN : TEXT_COLUMN;
    const lines = said.flatMap((text) => wrap(text, width - column));
    const beside = width < WIDE ? '' : (lines.shift() ?? '');
    return { beside, below: lines.map((line) => ' '.repeat(column) + line) };
  }
}

const nameAnd = (name: string, beside: string): string =>
  beside === '' ? name : `${name.padEnd(LONGEST_NAME)} ${beside}`;

/** 7.25 -> "7.3 s"; 187 -> "3 min 07 s". */
export function seconds(value: number): string {
  if (value < 60) return `${value.toFixed(1)} s`;
  return `${Math.floor(value / 60)} min ${String(Math.floor(value % 60)).padStart(2, '0')} s`;
}
