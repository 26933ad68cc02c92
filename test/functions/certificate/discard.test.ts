import {
  ACMClient,
  DeleteCertificateCommand,
  DescribeCertificateCommand,
  ListTagsForCertificateCommand,
  ResourceNotFoundException,
} from '@aws-sdk/client-acm';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import type { Made } from '../../../domain/ledger/made.ts';
import { handler } from '../../../functions/resources/certificate.ts';
import { useLedger } from '../../support/ledger.ts';
import { event as anEvent, context, givenSite, givenStep, mutations, ownTags, theStep } from '../../support/steps.ts';

const ledger = useLedger();
const event = { ...anEvent, phase: 'discard' as const };
const acm = mockClient(ACMClient);
const certificateArn = 'arn:aws:acm:us-east-1:123456789012:certificate/1';
const askAgainAt = '2026-11-25T13:00:00.000Z';
const made: Made = { type: 'certificate', id: certificateArn, ours: true, detail: 'for revision 1' };
beforeEach(async () => {
  acm.reset();
  acm.on(DeleteCertificateCommand).resolves({});
  acm.on(ListTagsForCertificateCommand).resolves({ Tags: ownTags });
  standing();
  await givenSite(ledger);
  await given(made);
  await givenStep(ledger, { name: 'AwaitCertificate', state: 'waiting', waitingUntil: askAgainAt });
});

const standing = ({ status = 'VALIDATION_TIMED_OUT', users = [] }: { status?: string; users?: string[] } = {}) =>
  acm.on(DescribeCertificateCommand).resolves({ Certificate: { Status: status as never, InUseBy: users } });
const gone = () =>
  acm.on(DescribeCertificateCommand).rejects(new ResourceNotFoundException({ message: 'no', $metadata: {} }));
const given = (...all: Made[]) =>
  givenStep(ledger, { name: 'RequestCertificate', made: all, output: { certificateArn, records: [] } });
const requested = async () => (await theStep(ledger, 'RequestCertificate')).made;

describe('A7: DiscardCertificate', () => {
  test('deletes what ACM gave up, and says when it is asked anew', async () => {
    expect(await handler(event, context)).toEqual({ certificateArn, askAgainAt, nextRequest: 2 });
    expect(mutations(acm)).toEqual(['DeleteCertificate']);
    expect(await requested()).toEqual([]);
  });

  test('says the same and changes nothing when it runs again', async () => {
    const first = await handler(event, context);
    gone();
    acm.resetHistory();
    const before = await ledger.everything();
    expect(await handler(event, context)).toEqual(first);
    expect(mutations(acm)).toEqual([]);
    expect(await ledger.everything()).toEqual(before);
  });

  test('counts on from the request before', async () => {
    const before = { certificateArn: 'arn:0', askAgainAt: '2026-11-22T12:00:00.000Z', nextRequest: 2 };
    await givenStep(ledger, { name: 'DiscardCertificate', output: before });
    expect(await handler(event, context)).toEqual({ certificateArn, askAgainAt, nextRequest: 3 });
  });

  test('takes one out of the ledger that somebody has deleted by hand', async () => {
    gone();
    await handler(event, context);
    expect(mutations(acm)).toEqual([]);
    expect(await requested()).toEqual([]);
  });

  test.each([
    ['that is not ours', () => acm.on(ListTagsForCertificateCommand).resolves({ Tags: [] })],
    ['that something serves', () => standing({ users: ['arn:theirs'] })],
    ['that is alive after all', () => standing({ status: 'ISSUED' })],
    ['that was adopted', () => given({ ...made, before: { tags: {} } })],
  ])('leaves one %s, and goes on all the same', async (_, arrange) => {
    await arrange();
    expect(await handler(event, context)).toMatchObject({ nextRequest: 2 });
    expect(mutations(acm)).toEqual([]);
    expect(await requested()).toHaveLength(1);
    expect((await theStep(ledger, 'DiscardCertificate')).message).toMatch(/^Left the certificate arn:/);
  });
});
