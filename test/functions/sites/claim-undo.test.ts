import { expect, test } from '@jest/globals';
import { readSite, readSiteItem } from '../../../aws/ledger/read-site.ts';
import { writeSite } from '../../../aws/ledger/write-site.ts';
import { viewOf } from '../../../functions/shared/sites/site-view.ts';
import { handler } from '../../../functions/sites/claim-undo.ts';
import { useLedger } from '../../support/ledger.ts';
import { context, domain, event, givenSite, givenStep, givenUndo, theStep } from '../../support/steps.ts';

const ledger = useLedger();

/** The operation before ended so long ago. */
async function endedBefore(seconds: number): Promise<void> {
  const item = await readSiteItem(ledger, domain);
  if (!item) throw new Error('no site');
  const endedAt = new Date(Date.now() - seconds * 1000).toISOString();
  const last = { name: 'onboard' as const, execution: 'before', startedAt: endedAt, endedAt };
  await writeSite(ledger, { ...item, last }, { over: item });
}

test('ClaimUndo goes on when nothing ran before', async () => {
  await givenSite(ledger);
  await handler(event, context);
  expect(await theStep(ledger, 'ClaimUndo')).toMatchObject({ state: 'done' });
});

test('W12: ClaimUndo waits for as long as a function of the stopped operation may still live', async () => {
  await givenSite(ledger);
  await endedBefore(30);
  await expect(handler(event, context)).rejects.toMatchObject({ name: 'NotReady' });
  await endedBefore(40);
  await handler(event, context);
  expect(await theStep(ledger, 'ClaimUndo')).toMatchObject({ state: 'done' });
});

test('ClaimUndo refuses a worker of a revision that is past', async () => {
  await givenSite(ledger, { revision: 2 });
  await expect(handler(event, context)).rejects.toMatchObject({ name: 'Refused' });
});

test('what a site had when it was first taken back, and has no more, is shown as released', async () => {
  const had = [
    { type: 'certificate' as const, id: 'arn:1', ours: true },
    { type: 'hosted zone' as const, id: 'ZTHEIRS', ours: false },
    { type: 'elastic address' as const, id: 'eipalloc-1', ours: true },
  ];
  await givenUndo(ledger);
  await givenStep(ledger, { name: 'RequestCertificate', made: had });
  await handler(event, context);
  const released = async () => {
    const record = await readSite(ledger, domain);
    return record && viewOf(record).released;
  };
  expect(await released()).toBeUndefined();
  await givenStep(ledger, { name: 'RequestCertificate', made: had.slice(2) });
  expect(await released()).toEqual([{ type: 'certificate', id: 'arn:1' }]);
  // Tried again, it still says what the first attempt has removed.
  const item = await readSiteItem(ledger, domain);
  if (!item) throw new Error('no site');
  await writeSite(ledger, { ...item, revision: 2 }, { over: item });
  await handler({ ...event, revision: 2 }, context);
  await givenStep(ledger, { name: 'RequestCertificate', made: [] });
  expect(await released()).toEqual([
    { type: 'certificate', id: 'arn:1' },
    { type: 'elastic address', id: 'eipalloc-1' },
  ]);
});
