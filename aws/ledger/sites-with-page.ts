import { domainsWhere } from './domains-where.ts';
import type { Ledger } from './ledger.ts';

/** The domains of all sites whose document has a failover. */
export const sitesWithPage = (ledger: Ledger): AsyncGenerator<string> =>
  domainsWhere(ledger, {
    expression: 'attribute_exists(#site.#failover)',
    names: { '#site': 'site', '#failover': 'failover' },
  });
