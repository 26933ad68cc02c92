import { styleText } from 'node:util';
import type { SiteView, StepView } from './api.ts';
import { wrap } from './wrap.ts';

const mark = { done: styleText('green', '✔'), failed: styleText('red', '✖') } as const;
const spinner = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];

/** "WriteViewerValidationRecords" */
export const LONGEST_NAME = 28;

/** Where a step's sign, its name and what is said of it begin. */
const SIGN_COLUMN = 22;
const NAME_COLUMN = SIGN_COLUMN + 2;
const TEXT_COLUMN = NAME_COLUMN + LONGEST_NAME + 1;

/** From this width on, what is said of a step stands beside its name; below, under it. */
const WIDE = 100;
const NARROWEST = NAME_COLUMN + 20;

/** Up and to the left margin, and everything below cleared. Source: ECMA-48, CPL and ED. */
const backUp = (lines: number): string => `\x1b[${lines}F\x1b[0J`;

/**
 * Shows a site's steps as they happen: a line for each step that ended, and on a terminal, below them, what runs and
 * what is waited for, drawn again at every update. In a pipe a wait is a line of its own, once.
 */
export class LiveSteps {
  readonly #out: NodeJS.WriteStream;
  readonly #live: boolean;
  readonly #beganAt = performance.now();
  readonly #shown = new Set<string>();
  /** What one update writes, all at once: a terminal would show the gap between erased and drawn. */
  #frame = '';
  #drawn = 0;
  #turn = 0;

  constructor(out: NodeJS.WriteStream) {
    this.#out = out;
    this.#live = out.isTTY && process.env['TERM'] !== 'dumb';
    this.#out.write(styleText('dim', `  ${'AWS time'.padStart(9)} ${'wall'.padStart(7)}   step\n`));
  }

  update(view: SiteView): void {
    this.#erase();
    const ended = view.steps.filter(({ endedAt }) => endedAt).sort((a, b) => at(a.endedAt) - at(b.endedAt));
    for (const step of ended) this.#once(`${step.name} ended`, () => this.#ended(view, step));
    const open = view.steps.filter(({ endedAt }) => !endedAt);
    if (this.#live) this.#draw(open);
    else for (const step of open) if (step.waitingFor) this.#waits(view, step, step.waitingFor);
    this.#flush();
  }

  /** Leaves only the lines that stay. */
  end(): void {
    this.#erase();
    this.#flush();
  }

  #ended(view: SiteView, step: StepView): void {
    const instant = step.endedAt ?? step.startedAt;
    this.#line(view, { instant, sign: step.state === 'failed' ? mark.failed : mark.done, step, said: saidOf(step) });
  }

  #waits(view: SiteView, step: StepView, waitingFor: string): void {
    const began = view.timeline.findLast((entry) => entry.step === step.name && entry.message === waitingFor);
    this.#once(`${step.name} ${waitingFor}`, () =>
      this.#line(view, {
        instant: began?.changedAt ?? began?.at ?? step.startedAt,
        sign: '…',
        step,
        said: [waitingFor],
      }),
    );
  }

  #line(
    view: SiteView,
    { instant, sign, step, said }: { instant: string; sign: string; step: StepView; said: string[] },
  ): void {
    const aws = seconds((at(instant) - at(view.createdAt)) / 1000).padStart(9);
    const wall = seconds((performance.now() - this.#beganAt) / 1000).padStart(7);
    const { beside, below } = this.#layOut(said);
    this.#frame += `  ${aws} ${styleText('dim', wall)}   ${sign} ${nameAnd(step, styleText('dim', beside))}\n`;
    for (const line of below) this.#frame += `${styleText('dim', line)}\n`;
  }

  /** What runs and what it waits for; as much as fits, for what has left the screen can't be drawn again. */
  #draw(open: StepView[]): void {
    const turn = spinner[this.#turn++ % spinner.length];
    const lines = open.flatMap((step) => {
      const { beside, below } = this.#layOut(step.waitingFor ? [step.waitingFor] : []);
      return [`${' '.repeat(SIGN_COLUMN)}${turn} ${nameAnd(step, beside)}`, ...below];
    });
    const shown = lines.slice(0, Math.max(this.#out.rows - 1, 1));
    for (const line of shown) this.#frame += `${styleText('cyan', line)}\n`;
    this.#drawn = shown.length;
  }

  /** What is said of a step: the line beside its name, and the lines below it whole. */
  #layOut(said: string[]): { beside: string; below: string[] } {
    const width = this.#live ? Math.max(this.#out.columns - 1, NARROWEST) : Number.POSITIVE_INFINITY;
    const column = width < WIDE ? NAME_COLUMN : TEXT_COLUMN;
    const lines = said.flatMap((text) => wrap(text, width - column));
    const beside = width < WIDE ? '' : (lines.shift() ?? '');
    return { beside, below: lines.map((line) => ' '.repeat(column) + line) };
  }

  #erase(): void {
    if (this.#drawn > 0) this.#frame += backUp(this.#drawn);
    this.#drawn = 0;
  }

  #flush(): void {
    if (this.#frame !== '') this.#out.write(this.#frame);
    this.#frame = '';
  }

  #once(key: string, act: () => void): void {
    if (this.#shown.has(key)) return;
    this.#shown.add(key);
    act();
  }
}

const nameAnd = ({ name }: StepView, beside: string): string =>
  beside === '' ? name : `${name.padEnd(LONGEST_NAME)} ${beside}`;

/** What a step says, and what it made as far as it has not just named it. */
function saidOf({ message, made }: StepView): string[] {
  const unnamed = made.filter(({ id }) => !message?.includes(id.replace(/ [A-Z]+$/, '')));
  const things = unnamed.map(
    ({ type, id, ours }) => `${ours ? '+ ' : ''}${type} ${short(id)}${ours ? '' : ' (found)'}`,
  );
  return [...(message ? [message] : []), ...things];
}

const at = (instant: string | undefined): number => (instant ? Date.parse(instant) : 0);

/** 7.25 -> "7.3 s"; 187 -> "3 min 07 s". */
export function seconds(value: number): string {
  if (value < 60) return `${value.toFixed(1)} s`;
  return `${Math.floor(value / 60)} min ${String(Math.floor(value % 60)).padStart(2, '0')} s`;
}

/** What an ARN names, without the word for its type: "app/np-1/50dc6c495c0c9188". Anything else as it is. */
const short = (id: string): string => (id.startsWith('arn:') ? id.replace(/^arn:.*:(\w+\/)?/, '') : id);
