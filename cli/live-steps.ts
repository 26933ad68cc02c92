import type { SiteView, StepView } from './api.ts';
import { type Line, LiveLines, SIGNS } from './live-lines.ts';

/**
 * Shows a site's steps as they happen: a line for each step that ended, and on a terminal, below them, what runs and
 * what is waited for. In a pipe a wait is a line of its own, once.
 */
export class LiveSteps {
  readonly #lines: LiveLines;
  readonly #shown = new Set<string>();

  constructor(out: NodeJS.WriteStream) {
    this.#lines = new LiveLines(out, 'step');
  }

  update(view: SiteView): void {
    const ended = view.steps.filter(({ endedAt }) => endedAt).sort((a, b) => at(a.endedAt) - at(b.endedAt));
    const open = view.steps.filter(({ endedAt }) => !endedAt);
    const lines = ended.flatMap((step) => this.#once(`${step.name} ended`, () => endOf(view, step)));
    const waits = this.#lines.isLive ? [] : open.flatMap((step) => this.#waitsOf(view, step));
    const now = open.map(({ name, waitingFor }) => ({ name, said: waitingFor ? [waitingFor] : [] }));
    this.#lines.show([...lines, ...waits], now);
  }

  /** Leaves only the lines that stay. */
  end(): void {
    this.#lines.show([]);
  }

  #waitsOf(view: SiteView, { name, startedAt, waitingFor }: StepView): Line[] {
    if (!waitingFor) return [];
    const began = view.timeline.findLast((entry) => entry.step === name && entry.message === waitingFor);
    const awsSeconds = secondsAt(view, began?.changedAt ?? began?.at ?? startedAt);
    return this.#once(`${name} ${waitingFor}`, () => ({ awsSeconds, sign: SIGNS.waiting, name, said: [waitingFor] }));
  }

  #once(key: string, line: () => Line): Line[] {
    if (this.#shown.has(key)) return [];
    this.#shown.add(key);
    return [line()];
  }
}

const endOf = (view: SiteView, step: StepView): Line => ({
  awsSeconds: secondsAt(view, step.endedAt ?? step.startedAt),
  sign: step.state === 'failed' ? SIGNS.bad : SIGNS.good,
  name: step.name,
  said: saidOf(step),
});

/** What a step says, and what it made as far as it has not just named it. */
function saidOf({ message, made }: StepView): string[] {
  const unnamed = made.filter(({ id }) => !message?.includes(id.replace(/ [A-Z]+$/, '')));
  const things = unnamed.map(
    ({ type, id, ours }) => `${ours ? '+ ' : ''}${type} ${short(id)}${ours ? '' : ' (found)'}`,
  );
  return [...(message ? [message] : []), ...things];
}

const at = (instant: string | undefined): number => (instant ? Date.parse(instant) : 0);

const secondsAt = ({ createdAt }: SiteView, instant: string): number => (at(instant) - at(createdAt)) / 1000;

/** What an ARN names, without the word for its type: "app/np-1/50dc6c495c0c9188". Anything else as it is. */
const short = (id: string): string => (id.startsWith('arn:') ? id.replace(/^arn:.*:(\w+\/)?/, '') : id);
