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

/**
 * How often one site may make a resource: what AWS knows by a caller reference it does not forget, and a site, whose revision is the
 * same in all plays, has references for nine that others have deleted.
 */
const mostPlays = ({ name }: Unit): number => (/distribution|health check/.test(name) ? 8 : Number.POSITIVE_INFINITY);

/** Strikes every call that the steps of a resource make, with each kind of fault. What breaks gets a new place for the next, and so does what was made often enough. */
export async function sweepUnit(unit: Unit, { kinds = KIND_NAMES, only, tell }: Sweeping): Promise<void> {
  let ground = await ProvingGround.open();
  try {
    let stage = await Stage.set(ground, unit);
    const wanted = await stage.play();
    let plays = 1;
    for (const sentence of wanted.broken)
      tell({ unit: unit.name, site: 'no fault', kind: 'error before', broken: [sentence] });
    for (const site of struckOf(wanted.sites, only)) {
      for (const kind of kinds.filter((each) => applies(each, site))) {
        const broken = await stage
          .play({ site, kind })
          .then((struck) => [...differing(wanted.made, struck.made), ...struck.broken])
          .catch((error: unknown) => [String(error)]);
        tell({ unit: unit.name, site: nameOf(site), kind, broken });
        plays += 1;
        if (broken.length === 0 && plays < mostPlays(unit)) continue;
        await ground.close();
        ground = await ProvingGround.open();
        stage = await Stage.set(ground, unit);
        await stage.play();
        plays = 1;
      }
    }
  } finally {
    await ground.close();
  }
}

function struckOf(sites: readonly CallSite[], only: readonly string[] | undefined): CallSite[] {
  return sites.filter((site) => !isWorkflow(site) && (!only || only.some((text) => nameOf(site).includes(text))));
}
