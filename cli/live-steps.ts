import { clearScreenDown, moveCursor } from 'node:readline';
import { styleText } from 'node:util';
import type { SiteView, StepView } from './api.ts';

const mark = { done: styleText('green', '✔'), failed: styleText('red', '✖') } as const;
const spinner = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];

/**
 * Shows a site's steps as they happen: a line for each step that ended, and on a terminal, below them, what runs and
 * what is waited for, drawn again at every update. In a pipe a wait is a line of its own, once.
 */
export class LiveSteps {
  readonly #out: NodeJS.WriteStream;
  readonly #beganAt = performance.now();
  readonly #shown = new Set<string>();
  #drawn = 0;
  #frame = 0;

  constructor(out: NodeJS.WriteStream) {
    this.#out = out;
    this.#out.write(styleText('dim', `  ${'AWS time'.padStart(9)} ${'wall'.padStart(7)}   step\n`));
  }

  update(view: SiteView): void {
    this.#erase();
    const ended = view.steps.filter(({ endedAt }) => endedAt).sort((a, b) => at(a.endedAt) - at(b.endedAt));
    for (const step of ended) this.#once(`${step.name} ended`, () => this.#ended(view, step));
    const open = view.steps.filter(({ endedAt }) => !endedAt);
    if (this.#out.isTTY) this.#draw(open);
    else
      for (const step of open)
        if (step.waitingFor)
          this.#once(`${step.name} ${step.waitingFor}`, () =>
            this.#line(view, step.startedAt, '…', step.name, step.waitingFor ?? ''),
          );
  }

  /** Leaves only the lines that stay. */
  end(): void {
    this.#erase();
  }

  #ended(view: SiteView, step: StepView): void {
    const made = step.made.map(({ type, id, ours }) => `${type} ${short(id)}${ours ? '' : ' (found)'}`);
    this.#line(
      view,
      step.endedAt ?? step.startedAt,
      step.state === 'failed' ? mark.failed : mark.done,
      step.name,
      step.message ?? made[0] ?? '',
    );
    const rest = step.message ? made : made.slice(1);
    for (const thing of rest) this.#out.write(styleText('dim', `${' '.repeat(46)}${thing}\n`));
  }

  #line(view: SiteView, instant: string, sign: string, name: string, text: string): void {
    const aws = seconds((at(instant) - at(view.createdAt)) / 1000).padStart(9);
    const wall = seconds((performance.now() - this.#beganAt) / 1000).padStart(7);
    this.#out.write(`  ${aws} ${styleText('dim', wall)}   ${sign} ${name.padEnd(22)} ${styleText('dim', text)}\n`);
  }

  #draw(open: StepView[]): void {
    const turn = spinner[this.#frame++ % spinner.length];
    const width = (this.#out.columns || 80) - 1;
    for (const step of open) {
      const text = `${' '.repeat(22)}${turn} ${step.name.padEnd(22)} ${step.waitingFor ?? ''}`;
      this.#out.write(`${styleText('cyan', text.slice(0, width))}\n`);
    }
    this.#drawn = open.length;
  }

  #erase(): void {
    if (this.#drawn === 0) return;
    moveCursor(this.#out, 0, -this.#drawn);
    clearScreenDown(this.#out);
    this.#drawn = 0;
  }

  #once(key: string, act: () => void): void {
    if (this.#shown.has(key)) return;
    this.#shown.add(key);
    act();
  }
}

const at = (instant: string | undefined): number => (instant ? Date.parse(instant) : 0);

/** 7.25 -> "7.3 s"; 187 -> "3 min 07 s". */
export function seconds(value: number): string {
  if (value < 60) return `${value.toFixed(1)} s`;
  return `${Math.floor(value / 60)} min ${String(Math.floor(value % 60)).padStart(2, '0')} s`;
}

/** An ARN's last part; anything else as it is. */
const short = (id: string): string => (id.startsWith('arn:') ? (id.split(/[:](?=[^:]*$)/)[1] ?? id) : id);
