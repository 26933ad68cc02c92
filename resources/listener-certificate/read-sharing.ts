import type { Ledger } from '../../aws/ledger/ledger.ts';
import { readSite } from '../../aws/ledger/read-site.ts';
import { sitesServing } from '../../aws/ledger/sites-serving.ts';
import { madeOf } from '../../domain/ledger/made-of.ts';
import type { Site } from '../../domain/sites/site.ts';
import type { Scope } from '../resource.ts';
import { type Entry, entryId } from './entry.ts';

/** "arn:…:listener/app/shop/0123/4567" -> "arn:…:loadbalancer/app/shop/0123" */
const balancerOf = (listenerArn: string): string =>
  listenerArn.replace(':listener/', ':loadbalancer/').split('/').slice(0, 4).join('/');

/**
 * The other sites that serve the entry too. Only a certificate that documents name is served for several: nobody else is asked for
 * what the site has requested or imported.
 */
export async function readSharing(ledger: Ledger, entry: Entry, { owner, site, record }: Scope): Promise<string[]> {
  const documents: (Site | undefined)[] = [site, record?.item.site, record?.item.live];
  if (!documents.some((each) => namedArn(each) === entry.certificateArn)) return [];
  const { listenerArn, certificateArn } = entry;
  return sitesServing(ledger, { loadBalancerArn: balancerOf(listenerArn), certificateArn, but: owner.domain });
}

const namedArn = (site: Site | undefined): string | undefined =>
  typeof site?.certificate === 'object' ? site.certificate.arn : undefined;

/** Whether one of these sites has added the entry: then each of them is its owner, and the last one removes it. */
export async function isAddedBy(ledger: Ledger, entry: Entry, domains: readonly string[]): Promise<boolean> {
  const records = await Promise.all(domains.map((domain) => readSite(ledger, domain)));
  return records.some(
    (record) => record && madeOf(record, 'listener certificate').some(({ id }) => id === entryId(entry)),
  );
}
