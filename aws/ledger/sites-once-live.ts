import { domainsWhere } from './domains-where.ts';
import type { Ledger } from './ledger.ts';

/** The domains of all sites that have a document that was live, whatever runs for them now. */
export const sitesOnceLive = (ledger: Ledger): AsyncGenerator<string> =>
  domainsWhere(ledger, { expression: 'attribute_exists(#live)', names: { '#live': 'live' } });
