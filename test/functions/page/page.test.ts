import { DeleteObjectCommand, HeadObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import { readSiteItem } from '../../../aws/ledger/read-site.ts';
import { writeSite } from '../../../aws/ledger/write-site.ts';
import { DEFAULT_PAGE, type Failover } from '../../../domain/sites/failover.ts';
import type { Site } from '../../../domain/sites/site.ts';
import { handler } from '../../../functions/resources/page.ts';
import { useLedger } from '../../support/ledger.ts';
import {
  awsError,
  changing,
  context,
  declareAnew,
  domain,
  event,
  givenSite,
  givenStep,
  givenUndo,
  mutations,
  theStep,
  undoing,
} from '../../support/steps.ts';

const ledger = useLedger();
const s3 = mockClient(S3Client);
const objects = new Map<string, Record<string, string> | undefined>();

const failover: Failover = { originName: `origin.${domain}`, page: { ...DEFAULT_PAGE, title: 'Back at eight' } };
const withFailover: Partial<Site> = { failover };

const prepare = () => handler({ ...event, phase: 'prepare' }, context);
const release = (revision = 1) => handler({ ...event, revision, phase: 'release' }, context);
const written = () => s3.commandCalls(PutObjectCommand).map(({ args }) => args[0].input);

beforeEach(() => {
  s3.reset();
  objects.clear();
  Object.assign(process.env, { PAGES_BUCKET: 'pages', PAGES_ACCESS_CONTROL: 'E1', PAGES_HEADERS_POLICY: 'p1' });
  s3.on(HeadObjectCommand).callsFake(async ({ Key }) => {
    if (!objects.has(Key)) throw awsError('NotFound');
    return { Metadata: objects.get(Key) };
  });
  s3.on(PutObjectCommand).callsFake(async ({ Key, Metadata }) => void objects.set(Key, Metadata));
  s3.on(DeleteObjectCommand).callsFake(async ({ Key }) => void objects.delete(Key));
});

describe('WritePage', () => {
  test('writes the page of the document once, and tells where CloudFront finds it', async () => {
    await givenSite(ledger, { site: withFailover });
    const told = await prepare();
    expect(told).toEqual({
      path: expect.stringMatching(/^\/\.nameplate\/np-[0-9a-f]{12}\.html$/),
      bucketDomain: 'pages.s3.us-east-1.amazonaws.com',
      accessControlId: 'E1',
      headersPolicyId: 'p1',
    });
    const [page] = written();
    expect(page).toMatchObject({
      Bucket: 'pages',
      ContentType: 'text/html; charset=utf-8',
      CacheControl: 'no-store',
      Body: expect.stringContaining('<h1>Back at eight</h1>'),
    });
    expect(`/${page?.Key}`).toBe('path' in told && told.path);
    expect(await prepare()).toEqual(told);
    expect(mutations(s3)).toEqual(['PutObject']);
    expect((await theStep(ledger, 'WritePage')).made).toMatchObject([{ type: 'page', id: page?.Key, ours: true }]);
  });

  test('writes it anew where the words have changed, and where somebody has written over it', async () => {
    await givenSite(ledger, { site: withFailover });
    await prepare();
    await declareAnew(ledger, { failover: { ...failover, page: { ...failover.page, title: 'Back at nine' } } });
    await prepare();
    expect(written().at(-1)?.Body).toContain('Back at nine');
    for (const key of objects.keys()) objects.set(key, {});
    await prepare();
    expect(written()).toHaveLength(3);
  });

  test('after a lost answer the page is found, and is not written twice', async () => {
    await givenSite(ledger, { site: withFailover });
    s3.on(PutObjectCommand).callsFakeOnce(async ({ Key, Metadata }) => {
      objects.set(Key, Metadata);
      throw awsError('TimeoutError');
    });
    await expect(prepare()).rejects.toMatchObject({ name: 'Throttled' });
    await prepare();
    expect(written()).toHaveLength(1);
  });
});

describe('RemovePage', () => {
  test('deletes the page with the site', async () => {
    await givenSite(ledger, { site: withFailover });
    await prepare();
    const over = await readSiteItem(ledger, domain);
    if (!over) throw new Error('The ledger has no site');
    await writeSite(ledger, { ...over, ...undoing, revision: 2 }, { over });
    expect(await release(2)).toEqual({ left: [] });
    expect(objects.size).toBe(0);
    expect(await release(2)).toEqual({ left: [] });
    expect(mutations(s3)).toEqual(['PutObject', 'DeleteObject']);
  });

  test('deletes the page of a site whose document has no failover any more', async () => {
    await givenSite(ledger, { site: withFailover, item: changing });
    await prepare();
    const over = await readSiteItem(ledger, domain);
    if (!over) throw new Error('The ledger has no site');
    const { failover: _, ...site } = over.site;
    await writeSite(ledger, { ...over, site }, { over });
    await givenStep(ledger, { name: 'ReserveAddress', output: {} });
    await release();
    expect(objects.size).toBe(0);
  });

  test('asks S3 nothing for a site that never had one', async () => {
    await givenUndo(ledger);
    expect(await release()).toEqual({ left: [] });
    expect(s3.calls()).toHaveLength(0);
  });
});
