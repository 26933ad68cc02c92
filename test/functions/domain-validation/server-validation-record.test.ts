import { Route53Client } from '@aws-sdk/client-route-53';
import { beforeEach, expect, test } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import { handler } from '../../../functions/resources/server-validation-record.ts';
import { accessTo, BY_ACME, NAMES } from '../../support/acme-mock.ts';
import { useLedger } from '../../support/ledger.ts';
import { aSiteZone, context, event, givenSite, theStep } from '../../support/steps.ts';
import { StubbedZone, stored } from '../../support/stubbed-zone.ts';

const ledger = useLedger();
const route53 = mockClient(Route53Client);
beforeEach(() => {
  route53.reset();
});

const prepare = () => handler({ ...event, phase: 'prepare' }, context);

test('12: writes the CNAME of the ACME endpoint for each name, beside that of a certificate, and once', async () => {
  await givenSite(ledger, {
    site: BY_ACME,
    outputs: { FindZone: { zones: [aSiteZone()], nameServers: [] }, RequestDomainValidations: accessTo(...NAMES) },
  });
  const ofCertificate = stored(`_z.${NAMES[0]}`, 'CNAME', '_y.x.acm-validations.aws.');
  const zone = new StubbedZone(route53, [ofCertificate]);
  await prepare();
  const ofEndpoint = NAMES.map((name) => stored(`_a.${name}`, 'CNAME', '_b.c.acm-validations.aws.'));
  expect(zone.sets).toEqual(expect.arrayContaining([ofCertificate, ...ofEndpoint]));
  expect(zone.batches).toHaveLength(1);
  await prepare();
  expect(zone.batches).toHaveLength(1);
  expect((await theStep(ledger, 'WriteServerValidationRecords')).made).toHaveLength(2);
});
