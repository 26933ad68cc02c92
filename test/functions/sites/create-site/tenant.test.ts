import { describe, expect, test } from '@jest/globals';
import { claimName } from '../../../../aws/ledger/claim-name.ts';
import { readSiteItem } from '../../../../aws/ledger/read-site.ts';
import { writeSite } from '../../../../aws/ledger/write-site.ts';
import { document, useDeclaring } from '../../../support/declaring.ts';
import { aSettledSiteItem, aSite } from '../../../support/site.ts';

const { ledger, post, started, kinds, instanceIs } = useDeclaring();
const { domain } = document;

describe('POST /v1/sites for a tenant', () => {
  test('keeps whose site it is, and shows it', async () => {
    instanceIs('running', { tenant: 'acme' });
    const { status, json } = await post({ ...document, tenant: 'acme' });
    expect([status, json.site.tenant]).toEqual([202, 'acme']);
    expect((await readSiteItem(ledger, domain))?.site.tenant).toBe('acme');
  });

  test.each([undefined, 'globex'])(
    'B4: refuses an instance whose tag is %s, and says how to tag it',
    async (tagged) => {
      instanceIs('running', tagged === undefined ? {} : { tenant: tagged });
      const { status, json } = await post({ ...document, tenant: 'acme' });
      expect([status, json.errors]).toMatchObject([422, [{ pointer: '#/origin/instance/id' }]]);
      expect(json.errors[0].detail).toContain('--tags Key=nameplate:tenant,Value=acme');
      expect(JSON.stringify(json)).not.toContain('globex');
      expect(await kinds()).toEqual([]);
    },
  );

  test('S2: refuses to give a site that stands to another, as any other name that another tenant has', async () => {
    const site = aSite({ tenant: 'acme' });
    await writeSite(ledger, aSettledSiteItem({ state: 'held', site, live: site }), { over: undefined });
    const before = await ledger.everything();
    for (const tenant of ['globex', undefined]) {
      const { status, json } = await post({ ...document, tenant });
      expect([status, json.type]).toEqual([409, 'urn:nameplate:problem:name-taken']);
      expect(json.errors).toEqual([{ pointer: '#/domain', detail: expect.stringContaining('another tenant has it') }]);
      expect(JSON.stringify(json)).not.toContain('acme');
    }
    expect(await ledger.everything()).toEqual(before);
  });

  test('may take a site that was undone', async () => {
    instanceIs('running', { tenant: 'globex' });
    await writeSite(ledger, aSettledSiteItem({ state: 'undone', site: aSite({ tenant: 'acme' }) }), {
      over: undefined,
    });
    expect((await post({ ...document, tenant: 'globex' })).json.site.tenant).toBe('globex');
  });

  test('S2: answers 409 to a name below that of another tenant, and claims nothing', async () => {
    const parent = aSite({ domain: 'example.test', aliases: [], tenant: 'acme' });
    await writeSite(ledger, aSettledSiteItem({ site: parent }), { over: undefined });
    await claimName(ledger, {
      name: 'example.test',
      domain: 'example.test',
      tenant: 'acme',
      request: 'r',
      claimedAt: '2026-01-01',
    });
    instanceIs('running', { tenant: 'globex' });
    const { status, json } = await post({ ...document, tenant: 'globex' });
    expect([status, json.type]).toEqual([409, 'urn:nameplate:problem:name-overlaps']);
    expect(json.errors.map(({ pointer }: { pointer: string }) => pointer)).toEqual([
      '#/domain',
      '#/aliases/0',
      '#/directName',
    ]);
    expect(json.detail).toContain('"example.test"');
    expect(JSON.stringify(json)).not.toContain('acme');
    expect(await kinds()).toEqual(['NAME#example.test CLAIM', 'SITE#example.test SITE']);
    expect(started()).toEqual([]);
  });

  test('B10: answers 429 while the tenant has as many operations open as it may, and gives the names back', async () => {
    instanceIs('running', { tenant: 'acme' });
    process.env['TENANT_OPERATIONS'] = '1';
    expect((await post({ ...document, tenant: 'acme' })).status).toBe(202);
    const before = await ledger.everything();
    const other = { domain: 'blog.example.test', origin: document.origin, tenant: 'acme' };
    const { status, headers, json } = await post(other);
    expect([status, json.type, headers?.['retry-after']]).toEqual([
      429,
      'urn:nameplate:problem:tenant-operations',
      '60',
    ]);
    expect(json.errors[0].detail).toContain(domain);
    const claims = (await ledger.everything()).filter((item) => 'claimedAt' in item);
    expect(claims).toEqual(before.filter((item) => 'claimedAt' in item));
    const { tenant: _, ...own } = other;
    expect((await post(own)).json.type).not.toBe('urn:nameplate:problem:tenant-operations');
    process.env['TENANT_OPERATIONS'] = '100';
  });
});
