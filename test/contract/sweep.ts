import { type CallSite, isWorkflow, nameOf } from '../faults/call-site.ts';
import { applies, KIND_NAMES, type Kind } from '../faults/kinds.ts';
import { ProvingGround } from '../faults/proving-ground.ts';
import { differing, Stage } from './strike.ts';
import type { Unit } from './units.ts';

/** What came of one fault at one call of a resource's steps. */
export interface Verdict {
  unit: string;
  site: string;
  kind: Kind;
  broken: string[];
}

export interface Sweeping {
  kinds?: readonly Kind[] | undefined;
  /** Only call sites whose name has one of these in it. */
  only?: readonly string[] | undefined;
  tell: (verdict: Verdict) => void;
}

/** Strikes every call that the steps of a resource make, with each kind of fault. What breaks gets a new place for the next. */
export async function sweepUnit(unit: Unit, { kinds = KIND_NAMES, only, tell }: Sweeping): Promise<void> {
  let ground = await ProvingGround.open();
  try {
    let stage = await Stage.set(ground, unit);
    const wanted = await stage.play();
    for (const sentence of wanted.broken)
      tell({ unit: unit.name, site: 'no fault', kind: 'error before', broken: [sentence] });
    for (const site of struckOf(wanted.sites, only)) {
      for (const kind of kinds.filter((each) => applies(each, site))) {
        const broken = await stage
          .play({ site, kind })
          .then((struck) => [...differing(wanted.made, struck.made), ...struck.broken])
          .catch((error: unknown) => [String(error)]);
        tell({ unit: unit.name, site: nameOf(site), kind, broken });
        if (broken.length === 0) continue;
        await ground.close();
        ground = await ProvingGround.open();
        stage = await Stage.set(ground, unit);
        await stage.play();
      }
    }
  } finally {
    await ground.close();
  }
}

function struckOf(sites: readonly CallSite[], only: readonly string[] | undefined): CallSite[] {
  return sites.filter((site) => !isWorkflow(site) && (!only || only.some((text) => nameOf(site).includes(text))));
}
