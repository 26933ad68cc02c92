import { broken, type Ended, madeBy } from '../faults/invariants.ts';
import { notAsDeclared, unled } from './as-declared.ts';
import type { EdgeEdits } from './edge-edits.ts';
import type { RecordEdits } from './record-edits.ts';
import type { Requests } from './requests.ts';

interface Story {
  /** Whether no operation runs. */
  atRest: boolean;
  /** Whether nothing has failed and nobody has meddled. */
  calm: boolean;
  records: RecordEdits;
  edge: EdgeEdits;
  heading: Requests['heading'];
}

/** What does not hold in the world and in the ledger as they are now, in sentences. */
export function wrongNow(seen: Omit<Ended, 'answers'>, story: Story): string[] {
  return [
    ...invariants(seen, story),
    ...(story.atRest ? [...elsewhere(seen, story), ...otherwise(seen, story)] : []),
    ...story.records.gone(seen.after),
  ];
}

function invariants(seen: Omit<Ended, 'answers'>, { atRest, records, edge }: Story): string[] {
  const { site } = seen.ledger;
  return broken({ ...seen, answers: new Map() }).filter(
    (sentence) =>
      // While an operation runs only what must hold at every moment does.
      (atRest || /^(?:1|8):/.test(sentence)) &&
      // Nobody has asked for it yet, or nobody was heard.
      !(site === undefined && /^(?:11|19):/.test(sentence)) &&
      // On the way to another document what was and what is to be stand side by side.
      !(site?.live && !(atRest && site.state === 'live') && /^8: .*(?:certificate|elastic address)/.test(sentence)) &&
      // Somebody took the tag away, and no one can know any more.
      !(edge.untagged && /^(?:10|left):/.test(sentence)) &&
      !records.isAbout(sentence),
  );
}

/** What nothing has disturbed has come to where it was to lead (11). */
function elsewhere({ ledger: { site } }: Pick<Ended, 'ledger'>, { calm, heading }: Story): string[] {
  if (!calm || !site || heading === undefined || site.state === heading) return [];
  return [`11: the site is "${site.state}" instead of "${heading}": ${JSON.stringify(site.reason)}`];
}

/** A site that is live is as it was declared, as far as nobody has meddled; its names lead somewhere. */
function otherwise({ before, after, ledger: { site } }: Omit<Ended, 'answers'>, { records, edge }: Story): string[] {
  if (site?.state !== 'live') return [];
  const made = madeBy({ before, after });
  const meddled = records.made || edge.made;
  const silent = unled(site.site, made).filter((name) => !records.hasChanged(name));
  return [...(meddled ? [] : notAsDeclared(site.site, made)), ...silent.map((name) => `live: ${name} leads nowhere`)];
}
