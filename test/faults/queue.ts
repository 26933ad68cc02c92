import { nameOf } from './call-site.ts';
import type { Cell, Run, Swept, Verdict } from './sweep.ts';

/** A waiting step looks more or less often, as AWS's delays are drawn: a later look may need more than one run to come. */
const RUNS_UNTIL_MISSING = 4;

/** The cells that are left, handed out as runs: one for each act of a scenario, as long as there are any. */
export class Queue {
  #left: Cell[];
  readonly #tries = new Map<string, number>();

  constructor(cells: readonly Cell[]) {
    this.#left = [...cells];
  }

  next(): Run | undefined {
    const [first] = this.#left;
    if (!first) return undefined;
    const { scenario } = first;
    const cells: Cell[] = [];
    for (const cell of this.#left) {
      if (cell.scenario === scenario && !cells.some(({ act }) => act === cell.act)) cells.push(cell);
    }
    this.#left = this.#left.filter((cell) => !cells.includes(cell));
    return { scenario, cells };
  }

  /** Takes back what is to be played again. Gives the verdicts that stand. */
  hear({ verdicts, unplayed }: Swept): Verdict[] {
    const again = verdicts.filter(({ verdict, ...cell }) => verdict === 'missing' && this.#try(cell));
    this.#left.push(...again.map(({ scenario, act, site, kind }) => ({ scenario, act, site, kind })), ...unplayed);
    return verdicts.filter((verdict) => !again.includes(verdict));
  }

  #try({ scenario, act, site, kind }: Cell): boolean {
    const key = `${scenario} ${act} ${nameOf(site)} ${kind}`;
    const tries = (this.#tries.get(key) ?? 0) + 1;
    this.#tries.set(key, tries);
    return tries < RUNS_UNTIL_MISSING;
  }
}
