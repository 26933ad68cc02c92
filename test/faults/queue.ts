import { isWorkflow, nameOf } from './call-site.ts';
import { actName } from './scenarios.ts';
import type { Cell, Run, Swept, Verdict } from './sweep.ts';

/** The most faults of one act in one run. More, and what the first ones hold up keeps the others from being met. */
const COMPANY = 16;

/** A cell that two runs did not come to in company is played alone. */
const TRIES_IN_COMPANY = 2;

/** A waiting step looks more or less often, as AWS's delays are drawn: a later look may need more than one run to come. */
const TRIES_UNTIL_MISSING = TRIES_IN_COMPANY + 4;

/** What broke when several faults struck one act; each of them is played alone after it. */
export interface Together {
  cells: Cell[];
  broken: string[];
}

/**
 * The cells that are left, handed out as runs. The faults of one act are at different functions, so that none moves the
 * calls which another one is counted by; what breaks in company is played again one by one, and only that is a verdict.
 */
export class Queue {
  #left: Cell[];
  readonly #tries = new Map<string, number>();
  readonly #alone = new Set<string>();
  /** What broke in company. */
  readonly together: Together[] = [];

  constructor(cells: readonly Cell[], { alone = false } = {}) {
    this.#left = [...cells];
    if (alone) for (const cell of cells) this.#alone.add(keyOf(cell));
  }

  next(): Run | undefined {
    const [first] = this.#left;
    if (!first) return undefined;
    const { scenario } = first;
    const acts = Map.groupBy(
      this.#left.filter((cell) => cell.scenario === scenario),
      ({ act }) => act,
    );
    const cells = [...acts.values()].flatMap((left) => this.#company(left));
    const taken = new Set(cells);
    this.#left = this.#left.filter((cell) => !taken.has(cell));
    return { scenario, cells };
  }

  /** Takes back what is to be played again. Gives the verdicts that stand. */
  hear({ verdicts, unplayed }: Swept): Verdict[] {
    this.#left.push(...unplayed);
    return [...Map.groupBy(verdicts, actOf).values()].flatMap((company) => this.#hearAct(company));
  }

  #hearAct(company: Verdict[]): Verdict[] {
    const [{ verdict, broken } = { verdict: 'held', broken: [] }] = company;
    if (verdict === 'broken' && company.length > 1) {
      const cells = company.map(cellOf);
      this.together.push({ cells, broken });
      for (const cell of cells) this.#alone.add(keyOf(cell));
      this.#left.push(...cells);
      return [];
    }
    const again = company.filter((one) => one.verdict === 'missing' && this.#try(one));
    this.#left.push(...again.map(cellOf));
    return company.filter((one) => !again.includes(one));
  }

  /** Cells of one act that may strike in one run, from the functions with the most cells left. */
  #company(left: readonly Cell[]): Cell[] {
    const [first] = left;
    if (first && this.#isAlone(first)) return [first];
    const social = left.filter((cell) => !this.#isAlone(cell));
    const byCaller = [...Map.groupBy(social, ({ site }) => site.caller).values()];
    const ranked = byCaller.toSorted((a, b) => b.length - a.length);
    const workflow = ranked.slice(0, COMPANY).find(([cell]) => cell && isWorkflow(cell.site))?.[0];
    // A step that a fault has repeated moves all later calls of its workflow.
    const after = (cell: Cell): boolean => workflow === undefined || cell.order > workflow.order;
    const others = ranked.flatMap((cells) => cells.find((cell) => !isWorkflow(cell.site) && after(cell)) ?? []);
    return workflow ? [workflow, ...others.slice(0, COMPANY - 1)] : others.slice(0, COMPANY);
  }

  #isAlone(cell: Cell): boolean {
    const key = keyOf(cell);
    return this.#alone.has(key) || (this.#tries.get(key) ?? 0) >= TRIES_IN_COMPANY;
  }

  #try(cell: Cell): boolean {
    const key = keyOf(cell);
    const tries = (this.#tries.get(key) ?? 0) + 1;
    this.#tries.set(key, tries);
    return tries < TRIES_UNTIL_MISSING;
  }
}

/** "load-balancer, undo, RemoveZone route53:DeleteHostedZone 1, killed after" */
export function keyOf({ scenario, act, site, kind }: Cell): string {
  return `${actName(scenario, act)} ${act}, ${nameOf(site)}, ${kind}`;
}

function actOf({ act }: Cell): number {
  return act;
}

function cellOf({ scenario, act, order, site, kind }: Cell): Cell {
  return { scenario, act, order, site, kind };
}
