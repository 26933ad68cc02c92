import { describe, expect, test } from '@jest/globals';
import { readSiteItem } from '../../../../aws/ledger/read-site.ts';
import { writeSite } from '../../../../aws/ledger/write-site.ts';
import { document, useDeclaring } from '../../../support/declaring.ts';
import { aSettledSiteItem, aSite } from '../../../support/site.ts';

const { ledger, executionIs, post, started, kinds } = useDeclaring();
const { domain } = document;

describe('POST /v1/sites for a site that stands', () => {
  test('answers 409 with its Location when it is live', async () => {
    await writeSite(ledger, aSettledSiteItem({ state: 'live' }), { over: undefined });
    const before = await ledger.everything();
    const { status, headers, json } = await post();
    expect(status).toBe(409);
    expect(headers?.['location']).toBe('/v1/sites/shop.example.test');
    expect(json).toMatchObject({
      type: 'urn:nameplate:problem:site-exists',
      detail: expect.stringContaining('it is live; change it, or undo it'),
    });
    expect(await ledger.everything()).toEqual(before);
  });

  test('answers 409 with its Location when an operation runs', async () => {
    await post();
    const before = await ledger.everything();
    const { status, headers, json } = await post();
    expect(status).toBe(409);
    expect(headers?.['location']).toBe('/v1/sites/shop.example.test');
    expect(json.type).toBe('urn:nameplate:problem:operation-running');
    expect(await ledger.everything()).toEqual(before);
    expect(started()).toHaveLength(1);
  });

  test.each([
    ['failed', 'change'],
    ['held', 'change'],
    ['undone', 'onboard'],
  ] as const)('starts a new revision of one that is %s', async (state, operation) => {
    const reason = { step: 'CheckRecords', error: 'Conflict', message: 'A foreign record is in the way' } as const;
    await writeSite(ledger, aSettledSiteItem({ state, reason }), { over: undefined });
    const { status, json } = await post();
    expect(status).toBe(202);
    expect(json).toMatchObject({ state: 'pending', revision: 2 });
    expect(json.createdAt === '2026-11-22T12:00:00.000Z').toBe(state !== 'undone');
    expect(json).not.toHaveProperty('reason');
    expect(started()).toMatchObject([{ name: `shop_example_test-r2-${operation}` }]);
  });

  test('keeps the names that a new revision no longer declares until what was made for them is gone', async () => {
    await post();
    const item = await readSiteItem(ledger, domain);
    await writeSite(ledger, aSettledSiteItem({ state: 'failed', site: item?.site ?? aSite() }), { over: item });
    await post({ ...document, aliases: ['new.shop.example.test'], directName: undefined });
    expect((await kinds()).filter((kind) => kind.startsWith('NAME'))).toEqual([
      'NAME#direct.shop.example.test CLAIM',
      'NAME#new.shop.example.test CLAIM',
      'NAME#shop.example.test CLAIM',
      'NAME#www.shop.example.test CLAIM',
    ]);
    const former = ['direct.shop.example.test', 'www.shop.example.test'];
    expect(await readSiteItem(ledger, domain)).toMatchObject({ former, operation: { name: 'change' } });
  });

  test('of two at once one is accepted, and the site is as that one declared it', async () => {
    executionIs('missing');
    const ports = [8080, 8081];
    const answers = await Promise.all(
      ports.map((port) => post({ ...document, origin: { instance: { ...document.origin.instance, port } } })),
    );
    const accepted = answers.filter(({ status }) => status === 202);
    expect(accepted).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 409)).toHaveLength(1);
    const standing = (await readSiteItem(ledger, domain))?.site;
    expect(accepted[0]?.json.site.origin).toEqual(standing?.origin);
    expect((await kinds()).filter((kind) => kind.startsWith('NAME'))).toHaveLength(3);
  });
});
