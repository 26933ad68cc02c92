import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { Resolver } from '../../../aws/dns/resolver.ts';
import { markLive } from '../../../functions/sites/mark-live.ts';
import { useLedger } from '../../support/ledger.ts';
import { cname } from '../../support/name-servers.ts';
import { Provider } from '../../support/provider.ts';
import { aSite } from '../../support/site.ts';
import { context, domain, event, givenSite, theStep } from '../../support/steps.ts';

const ledger = useLedger();
let provider: Provider;
beforeEach(async () => {
  provider = await Provider.start();
  await givenSite(ledger, {
    site: aSite({ dns: 'external', aliases: [] }),
    outputs: {
      FindZone: { zones: [], nameServers: [] },
      RequestCertificate: {
        certificateArn: 'arn:certificate',
        records: [{ domain, name: `_x.${domain}.`, value: '_y.acm-validations.aws.' }],
      },
    },
  });
});
afterEach(() => provider.stop());

const message = async (newResolver: () => Resolver) => {
  await markLive(newResolver)(event, context);
  return (await theStep(ledger, 'MarkLive')).message;
};

describe('C5: MarkLive of a site with dns "external"', () => {
  test('says nothing more when the validation record is there', async () => {
    provider.records.push(cname(`_x.${domain}`, '_y.acm-validations.aws'));
    expect(await message(provider.newResolver)).toBe(`Live at https://${domain}/`);
  });

  test('says which validation record is missing, and what to enter', async () => {
    expect(await message(provider.newResolver)).toBe(
      `Live at https://${domain}/. ACM cannot renew the certificate: Enter _x.${domain} CNAME _y.acm-validations.aws`,
    );
  });

  test('fails nothing, and accuses no record, when the name servers do not answer', async () => {
    expect(await message(() => new Resolver({ roots: [] }))).toMatch(
      /^Live at .*\. ACM renews the certificate by records that could not be checked: _x\.shop/,
    );
  });
});
