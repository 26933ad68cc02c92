import { domainsWhere, type SiteFilter } from './domains-where.ts';
import type { Ledger } from './ledger.ts';

/** The paths of a document, each part a name. */
const NAMES = {
  '#state': 'state',
  '#site': 'site',
  '#live': 'live',
  '#origin': 'origin',
  '#balancer': 'loadBalancer',
  '#certificate': 'certificate',
  '#arn': 'arn',
};

const isOn = (document: '#site' | '#live'): string =>
  `(${document}.#origin.#balancer = :balancer AND ${document}.#certificate.#arn = :certificate)`;

/** The other sites that name one load balancer and one certificate, as they are declared or live; undone ones are left out. */
export async function sitesServing(
  ledger: Ledger,
  { loadBalancerArn, certificateArn, but }: { loadBalancerArn: string; certificateArn: string; but: string },
): Promise<string[]> {
  const found: string[] = [];
  const filter: SiteFilter = {
    expression: `#domain <> :but AND #state <> :undone AND (${isOn('#site')} OR ${isOn('#live')})`,
    names: NAMES,
    values: { ':but': but, ':undone': 'undone', ':balancer': loadBalancerArn, ':certificate': certificateArn },
  };
  for await (const domain of domainsWhere(ledger, filter)) found.push(domain);
  return found.sort();
}
