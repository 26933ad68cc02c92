import { beforeEach, describe, expect, test } from '@jest/globals';
import { Resolver } from '../../../aws/dns/resolver.ts';
import { awaitDomainValidations } from '../../../functions/gates/await-domain-validations.ts';
import { accessTo, BY_ACME, NAMES, useAcme } from '../../support/acme-mock.ts';
import { useLedger } from '../../support/ledger.ts';
import { context, domain, event, givenSite, mutations } from '../../support/steps.ts';

const ledger = useLedger();
const { acm, validations } = useAcme();
const look = () => awaitDomainValidations(() => new Resolver())(event, context);

beforeEach(() => givenSite(ledger, { site: BY_ACME, outputs: { RequestDomainValidations: accessTo(...NAMES) } }));

describe('AwaitDomainValidations', () => {
  test('12: goes on once every name is valid', async () => {
    validations({ [NAMES[0]]: 'VALID', [NAMES[1]]: 'VALID' });
    expect(await look()).toEqual({});
    expect(mutations(acm)).toEqual([]);
  });

  test('waits while ACM looks for the records of some, and names them', async () => {
    validations({ [NAMES[0]]: 'VALID', [NAMES[1]]: 'VALIDATING' });
    await expect(look()).rejects.toMatchObject({
      name: 'NotReady',
      message: `Waiting until ACM finds the validation records of "www.${domain}"`,
    });
  });

  test.each([
    ['CAA_ERROR', 'add one with the value "amazon.com"'],
    ['TIMED_OUT', 'was not found for 72 hours'],
    ['SOMETHING_NEW', 'the reason is SOMETHING_NEW'],
  ])('fails with what to do where ACM has given up by %s', async (reason, words) => {
    validations({ [NAMES[0]]: 'VALID', [NAMES[1]]: 'INVALID' }, { reason });
    await expect(look()).rejects.toMatchObject({ name: 'Misconfigured', message: expect.stringContaining(words) });
  });

  test('has it requested again where it is gone: the endpoint was deleted with the last other site', async () => {
    await expect(look()).rejects.toMatchObject({ name: 'Missing' });
    validations({ [NAMES[0]]: 'VALID', [NAMES[1]]: 'DELETING' });
    await expect(look()).rejects.toMatchObject({ name: 'Missing' });
  });
});
