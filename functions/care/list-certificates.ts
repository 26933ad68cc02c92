import { readEnvironment } from '../../aws/environment.ts';
import { listCertificateItems } from '../../aws/ledger/certificates.ts';
import { openLedger } from '../../aws/ledger/ledger.ts';
import { isTimedId } from '../../domain/care/alert.ts';
import { shownCertificate } from '../../domain/care/view.ts';
import { api } from '../shared/api/api.ts';
import { expectedTenant } from '../shared/api/expected-tenant.ts';
import { OF_A_PAGE } from '../shared/api/known-parameters.ts';
import { limitIn, nextIn } from '../shared/api/page-query.ts';

/** `GET /v1/certificates`: the certificates of all live sites, what ends first first, a page at a time; of one tenant with `tenant`. */
export const handler = api(
  async ({ queryStringParameters: query }, { now }) => {
    const { items, next } = await listCertificateItems(openLedger(readEnvironment()), {
      limit: limitIn(query, { byDefault: 50, most: 1_000 }),
      tenant: expectedTenant(query),
      after: nextIn(query, isTimedId),
    });
    const certificates = items.map((item) => shownCertificate(item, now));
    return { status: 200, body: { certificates, ...(next !== undefined && { next }) } };
  },
  { query: OF_A_PAGE },
);
