import type { Ledger } from '../../../aws/ledger/ledger.ts';
import { writeTimeline } from '../../../aws/ledger/write-timeline.ts';
import { edgeOf } from '../../../domain/edges/edge.ts';
import type { SiteItem } from '../../../domain/ledger/site-item.ts';
import { originOf } from '../../../domain/origins/origin.ts';
import { differingFields } from '../../../domain/sites/differing-fields.ts';
import type { OperationName } from '../../../domain/sites/execution-name.ts';
import { formerNames } from '../../../domain/sites/former-names.ts';
import type { Site } from '../../../domain/sites/site.ts';
import { writeOver } from '../ledger/write-over.ts';
import { firstOperation, nextOperation } from './operations.ts';

interface Declaring {
  /** What stands there; undefined for a site that is not declared. */
  over: SiteItem | undefined;
  request: string | undefined;
  /** The caller's ARN. */
  by?: string | undefined;
  /** The id of the plan that it applies. */
  plan?: string | undefined;
  /** The checksum by which it approves what a refusal has listed. */
  approve?: string | undefined;
  /** What the operation may delete, retain and let fall silent, where it was judged. */
  approved?: Parameters<typeof nextOperation>[1]['approved'];
  now: Date;
}

/** Writes the site with its new operation over what stands. Undefined when something else stands there by now. */
export async function writeDeclaration(
  ledger: Ledger,
  site: Site,
  { over, plan, approve, ...begun }: Declaring,
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
  const entry = { id: `${revision}-declared`, at, message: [sentence(site, over), ...asked].join('; ') };
  await writeTimeline(ledger, domain, { ...entry, ...(by !== undefined && { by }) });
  return item;
}

/** Whether a declaration says what the site already is; subnets that it leaves to us may have been chosen. */
export function declaresTheSame(site: Site, { site: standing }: Pick<SiteItem, 'site'>): boolean {
  return differing(site, standing).length === 0;
}

/**
 * A site that has been declared before is changed: what its earlier documents have made and this one doesn't want is
 * released at the end. A first onboarding that is tried again has nothing to release.
 */
export function operationOver(site: Site, over: SiteItem | undefined): OperationName {
  if (!over || over.state === 'undone') return 'onboard';
  const before = (over.operation ?? over.last)?.name;
  return over.live || before === 'change' || !declaresTheSame(site, over) ? 'change' : 'onboard';
}

function declared(site: Site, { over, ...begun }: Omit<Declaring, 'plan' | 'approve'>): SiteItem {
  const name = operationOver(site, over);
  if (!over || over.state === 'undone') return firstOperation(site, { over, name, ...begun });
  const { left: _, former: __, ...standing } = nextOperation(over, { name, ...begun });
  const former = formerNames(site, over);
  return { ...standing, site, ...(former.length > 0 && { former }) };
}

function sentence(site: Site, over: SiteItem | undefined): string {
  if (operationOver(site, over) === 'change' && over) {
    const fields = differing(site, over.site);
    return `Declared ${site.domain} anew${fields.length > 0 ? `: other ${fields.join(', ')}` : ''}`;
  }
  return `Declared ${site.domain}, ${edgeOf(site).inFrontOf} ${originOf(site).id}`;
}

/** The top-level fields in which a declaration is another one than what stands. */
function differing(site: Site, standing: Site): string[] {
  return [...new Set(differingFields(site, standing).map(({ path }) => path[0] ?? ''))];
}
