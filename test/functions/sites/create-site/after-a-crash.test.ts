import { ExecutionAlreadyExists, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { describe, expect, test } from '@jest/globals';
import { claimName } from '../../../../aws/ledger/claim-name.ts';
import { readSiteItem } from '../../../../aws/ledger/read-site.ts';
import { writeSite } from '../../../../aws/ledger/write-site.ts';
import { chosen, document, useDeclaring } from '../../../support/declaring.ts';
import { aSite, aSiteItem } from '../../../support/site.ts';

const { ledger, states, executionIs, post, started } = useDeclaring();
const { domain } = document;

describe('POST /v1/sites after a crash', () => {
  test('W7: starts the workflow that was never started, and accepts the same declaration', async () => {
    executionIs('missing');
    states
      .on(StartExecutionCommand)
      .rejectsOnce(Object.assign(new Error('Gone'), { name: 'TimeoutError', $metadata: {} }));
    expect((await post()).status).toBe(503);
    expect(await readSiteItem(ledger, domain)).toMatchObject({ state: 'pending', revision: 1 });
    const before = await ledger.everything();
    expect((await post()).status).toBe(202);
    expect(started()).toHaveLength(2);
    expect(new Set(started().map(({ name }) => name)).size).toBe(1);
    expect(await ledger.everything()).toEqual(before);
  });

  test('W7, 12: accepts the same request again, whose answer was lost, when its site is live by now', async () => {
    const asked = { headers: { 'idempotency-key': 'k' } };
    states.on(StartExecutionCommand).rejectsOnce(new Error('lost')).resolves({});
    expect((await post(document, asked)).status).toBe(500);
    const begun = await readSiteItem(ledger, domain);
    if (!begun) throw new Error('The ledger has lost the site');
    const { operation: _, ...ended } = { ...begun, state: 'live' as const };
    await writeSite(ledger, ended, { over: begun });
    expect(await post(document, asked)).toMatchObject({ status: 202, json: { state: 'live', revision: 1 } });
    expect((await post({ ...document, http: 'reject' }, { headers: { 'idempotency-key': 'other' } })).status).toBe(409);
    expect(started()).toHaveLength(1);
  });

  test('starts it for another declaration as well, but does not accept that one', async () => {
    await writeSite(ledger, aSiteItem({ site: aSite({ subnets: chosen }) }), { over: undefined });
    executionIs('missing');
    expect((await post({ ...document, http: 'reject' })).status).toBe(409);
    expect(started()).toHaveLength(1);
  });

  test('W4: takes an execution of that name for its own', async () => {
    states.on(StartExecutionCommand).rejects(new ExecutionAlreadyExists({ message: 'Exists', $metadata: {} }));
    expect((await post()).status).toBe(202);
  });

  test('takes a site whose workflow was aborted for one that failed', async () => {
    await post();
    executionIs('ABORTED');
    const { status, json } = await post();
    expect(status).toBe(202);
    expect(json.revision).toBe(2);
    expect(started()).toMatchObject([
      { name: 'shop_example_test-r1-onboard' },
      { name: 'shop_example_test-r2-onboard' },
    ]);
  });

  test('takes over a name that was claimed for a site which never came to be', async () => {
    const claim = { name: 'www.shop.example.test', domain: 'ghost.example.test', request: 'request-0' };
    await claimName(ledger, { ...claim, claimedAt: new Date(Date.now() - 3_600_000).toISOString() });
    expect((await post()).status).toBe(202);
  });

  test('leaves a claim alone whose site may be about to be written', async () => {
    const claim = { name: 'www.shop.example.test', domain: 'ghost.example.test', request: 'request-0' };
    await claimName(ledger, { ...claim, claimedAt: new Date().toISOString() });
    expect((await post()).status).toBe(409);
  });
});
