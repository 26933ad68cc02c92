import { isDeepStrictEqual } from 'node:util';
import type { Ledger } from '../../../aws/ledger/ledger.ts';
import { writeStep } from '../../../aws/ledger/write-step.ts';
import { writeTimeline } from '../../../aws/ledger/write-timeline.ts';
import { Failure, type FailureName } from '../../../domain/errors.ts';
import type { Made } from '../../../domain/ledger/made.ts';
import { mergeMade } from '../../../domain/ledger/merge-made.ts';
import type { SiteItem } from '../../../domain/ledger/site-item.ts';
import type { StepItem } from '../../../domain/ledger/step-item.ts';
import { printable } from '../../../domain/printable.ts';
import { logger } from './logger.ts';

/**
 * Most entries of the timeline about what one step waits for. What changes more often, by a name server that answers
 * differently each time for 30 days, changes the last of them.
 */
const MAX_WAITS_TOLD = 5;

/** Failures that leave the step waiting. */
const WAITS: ReadonlySet<FailureName> = new Set<FailureName>(['NotReady', 'Awaited', 'Missing']);

/** After so long a site shows that its step gets no answer of AWS. */
const SHOWN_AFTER_MS = 2 * 60_000;

/** Writes one step's way into the ledger: intent before, outcome after, and only what the ledger doesn't say yet. */
export class StepLog {
  readonly #ledger: Ledger;
  readonly #domain: string;
  #item: StepItem;
  /** Whether the ledger holds `#item` as it is. */
  #known: boolean;

  constructor(ledger: Ledger, site: SiteItem, { name, previous }: { name: string; previous: StepItem | undefined }) {
    this.#ledger = ledger;
    this.#domain = site.domain;
    const same = previous?.revision === site.revision ? previous : undefined;
    this.#known = same !== undefined;
    // What an earlier revision made stays in sight.
    this.#item = same ?? { name, revision: site.revision, state: 'running', startedAt: '', made: previous?.made ?? [] };
  }

  /** The intent. A step that already runs, waits or is done has told it before. */
  async begin(now: Date): Promise<void> {
    const { state, startedAt, endedAt: _, message: __, ...rest } = this.#item;
    if (this.#known && state !== 'failed') return;
    await this.#write({ ...rest, state: 'running', startedAt: startedAt || now.toISOString() });
  }

  /** What was intended, and was refused. */
  async takeBack(made: Made[]): Promise<void> {
    const refused = new Set(made.map(({ type, id }) => `${type} ${id}`));
    await this.#write({ ...this.#item, made: this.#item.made.filter(({ type, id }) => !refused.has(`${type} ${id}`)) });
  }

  /** What was made so far, or is about to be, before the step goes on. */
  async keep(made: Made[]): Promise<void> {
    await this.#write({ ...this.#item, made: mergeMade(this.#item.made, made) });
  }

  /** The outcome of a step that did its work. */
  async end(result: { made?: Made[]; output: object; message: string }, now: Date): Promise<void> {
    const { waitingFor: _, waitingUntil: __, looks: ___, ...item } = this.#item;
    const made = mergeMade(item.made, result.made ?? []);
    const output = result.output as Record<string, unknown>;
    if (item.state === 'done' && isDeepStrictEqual([item.made, item.output], [made, output])) return;
    const message = printable(result.message);
    await this.#write({ ...item, state: 'done', endedAt: now.toISOString(), made, output, message });
    await this.#tell(now, message);
    logger.info(message);
  }

  /** The outcome of a step that did not. */
  async fail(error: unknown, now: Date): Promise<void> {
    const message = printable(error instanceof Error ? error.message : String(error));
    if (error instanceof Failure && (error.name === 'Throttled' || error.name === 'Denied'))
      return this.#stall(message, now);
    if (error instanceof Failure && WAITS.has(error.name)) {
      const until = error.until?.toISOString();
      const { state, waitingFor, waitingUntil, looks, endedAt: _, message: __, ...item } = this.#item;
      const counted = { ...item, state: 'waiting' as const, ...(error.looks !== undefined && { looks: error.looks }) };
      if (state === 'waiting' && waitingFor === message && waitingUntil === until) {
        if (looks !== error.looks) await this.#write({ ...this.#item, ...counted });
        return;
      }
      const { entries = 0, at = '' } = item.told ?? {};
      const told = entries < MAX_WAITS_TOLD ? { entries: entries + 1, at: now.toISOString() } : { entries, at };
      const waiting = { waitingFor: message, ...(until !== undefined && { waitingUntil: until }) };
      await this.#write({ ...counted, ...waiting, told });
      await this.#tell(now, message, told);
    } else {
      const { waitingFor: _, waitingUntil: __, looks: ___, ...item } = this.#item;
      await this.#write({ ...item, state: 'failed', endedAt: now.toISOString(), message });
      await this.#tell(now, message);
    }
  }

  /** AWS does not answer: nothing to tell for as long as that may be over in a moment, or the step waits already. */
  async #stall(message: string, now: Date): Promise<void> {
    const { state, startedAt } = this.#item;
    if (state !== 'running' || now.getTime() - Date.parse(startedAt) < SHOWN_AFTER_MS) return;
    await this.#write({ ...this.#item, state: 'waiting', waitingFor: message });
  }

  async #write(item: StepItem): Promise<void> {
    if (this.#known && isDeepStrictEqual(item, this.#item)) return;
    if (!(await writeStep(this.#ledger, this.#domain, item))) {
      throw new Failure('Refused', `Cannot go on with "${item.name}" for "${this.#domain}": a later revision runs`);
    }
    this.#item = item;
    this.#known = true;
  }

  /** A new entry, or an earlier one anew. */
  async #tell(now: Date, message: string, { at } = { at: now.toISOString() }): Promise<void> {
    const { name, revision, state } = this.#item;
    const changed = at === now.toISOString() ? {} : { changedAt: now.toISOString() };
    const entry = { id: `${revision}-${name}-${state}`, at, ...changed, step: name, message };
    await writeTimeline(this.#ledger, this.#domain, entry);
  }
}
