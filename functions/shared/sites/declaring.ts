import type { Ledger } from '../../../aws/ledger/ledger.ts';
import { writeTimeline } from '../../../aws/ledger/write-timeline.ts';
import { edgeOf } from '../../../domain/edges/edge.ts';
import type { SiteItem } from '../../../domain/ledger/site-item.ts';
import { originOf } from '../../../domain/origins/origin.ts';
import { differingFields } from '../../../domain/sites/differing-fields.ts';
import { type Begun, declared, replacesDocument } from '../../../domain/sites/life/begin.ts';
import type { Site } from '../../../domain/sites/site.ts';
import { writeOver } from '../ledger/write-over.ts';

interface Declaring extends Begun {
  /** The site in the ledger; undefined for one that is not declared. */
  over: SiteItem | undefined;
  /** The id of the plan that it applies. */
  plan?: string | undefined;
  /** The checksum by which it approves what a refusal has listed. */
  approve?: string | undefined;
  /** What it puts back, in sentences, where nobody has asked for it. */
  repairs?: readonly string[] | undefined;
}

/** Writes the site with its new operation over what stands. Undefined when something else stands there by now. */
export async function writeDeclaration(
  ledger: Ledger,
  site: Site,
  { over, plan, approve, repairs, ...begun }: Declaring,
): Promise<SiteItem | undefined> {
  const { domain } = site;
  const item = declared(site, { over, ...begun });
  if (!(await writeOver(ledger, item, { over }))) return undefined;
  const { revision, updatedAt: at } = item;
  const asked = [
    ...(site.adopt ? ['adopts what is in the way'] : []),
    ...(plan === undefined ? [] : [`applies plan ${plan}`]),
    ...(approve === undefined ? [] : [`approved by checksum ${approve}`]),
  ];
  const { by } = begun;
  const entry = {
    id: `${revision}-declared`,
    at,
    message: repairs
      ? `Puts back what others have changed: ${repairs.join('; ')}`
      : [sentence(site, over), ...asked].join('; '),
  };
  await writeTimeline(ledger, domain, { ...entry, ...(by !== undefined && { by }) });
  return item;
}

function sentence(site: Site, over: SiteItem | undefined): string {
  if (over && replacesDocument(site, over)) {
    const fields = [...new Set(differingFields(site, over.site).map(({ path }) => path[0] ?? ''))];
    return `Declared ${site.domain} anew${fields.length > 0 ? `: other ${fields.join(', ')}` : ''}`;
  }
  return `Declared ${site.domain}, ${edgeOf(site).inFrontOf} ${originOf(site).id}`;
}
