import {
  CloudFrontClient,
  CreateFunctionCommand,
  DeleteFunctionCommand,
  DescribeFunctionCommand,
  GetFunctionCommand,
  ListTagsForResourceCommand,
  PublishFunctionCommand,
  UpdateFunctionCommand,
} from '@aws-sdk/client-cloudfront';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import { readSiteItem } from '../../../aws/ledger/read-site.ts';
import { writeSite } from '../../../aws/ledger/write-site.ts';
import type { Failover } from '../../../domain/sites/failover.ts';
import { handler } from '../../../functions/resources/bypass.ts';
import { useLedger } from '../../support/ledger.ts';
import { aFailover } from '../../support/site.ts';
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
const cloudFront = mockClient(CloudFrontClient);
const ARN = 'arn:aws:cloudfront::123456789012:function/';

interface Held {
  code: Uint8Array | undefined;
  live: Uint8Array | undefined;
  etag: number;
  tags: { Key: string; Value: string }[];
}
const held = new Map<string, Held>();
/** The command that fails once, after it was carried out, and how. */
let failing: { command: string; code: string; isDone: boolean } | undefined;

/** Carries a command out, unless it is to fail. */
function carried<Output>(command: string, carry: () => Output): Output {
  if (failing?.command !== command) return carry();
  const { code, isDone } = failing;
  failing = undefined;
  if (isDone) carry();
  throw awsError(code);
}

const failover = (...addresses: string[]): Failover => ({ ...aFailover(domain), bypass: { addresses } });
const withBypass = { failover: failover('203.0.113.7/32') };

const prepare = () => handler({ ...event, phase: 'prepare' }, context);
const release = (revision = 1) => handler({ ...event, revision, phase: 'release' }, context);
const liveCode = () => [...held.values()].map(({ live }) => new TextDecoder().decode(live)).join();

function matching(Name: string | undefined, IfMatch?: string): Held {
  const found = held.get(Name ?? '');
  if (!found) throw awsError('NoSuchFunctionExists');
  if (IfMatch !== undefined && IfMatch !== `E${found.etag}`) throw awsError('PreconditionFailed');
  return found;
}

beforeEach(() => {
  cloudFront.reset();
  held.clear();
  failing = undefined;
  cloudFront.on(DescribeFunctionCommand).callsFake(async ({ Name }) => ({
    ETag: `E${matching(Name).etag}`,
    FunctionSummary: { FunctionMetadata: { FunctionARN: `${ARN}${Name}` } },
  }));
  cloudFront.on(GetFunctionCommand).callsFake(async ({ Name }) => {
    const { live } = matching(Name);
    if (!live) throw awsError('NoSuchFunctionExists');
    return { FunctionCode: live };
  });
  cloudFront.on(ListTagsForResourceCommand).callsFake(async ({ Resource }) => ({
    Tags: { Items: matching(Resource.slice(ARN.length)).tags },
  }));
  cloudFront.on(CreateFunctionCommand).callsFake(async ({ Name, FunctionCode, Tags }) => {
    if (held.has(Name)) throw awsError('FunctionAlreadyExists');
    return carried('CreateFunction', () => {
      held.set(Name, { code: FunctionCode, live: undefined, etag: 1, tags: Tags?.Items ?? [] });
      return { ETag: 'E1', FunctionSummary: { FunctionMetadata: { FunctionARN: `${ARN}${Name}` } } };
    });
  });
  cloudFront.on(UpdateFunctionCommand).callsFake(async ({ Name, IfMatch, FunctionCode }) => {
    const found = matching(Name, IfMatch);
    Object.assign(found, { code: FunctionCode, etag: found.etag + 1 });
    return { ETag: `E${found.etag}` };
  });
  cloudFront.on(PublishFunctionCommand).callsFake(async ({ Name, IfMatch }) => {
    const found = matching(Name, IfMatch);
    return carried('PublishFunction', () => {
      found.live = found.code;
      return {};
    });
  });
  cloudFront.on(DeleteFunctionCommand).callsFake(async ({ Name, IfMatch }) => {
    matching(Name, IfMatch);
    return carried('DeleteFunction', () => {
      held.delete(Name);
      return {};
    });
  });
});

describe('CreateBypass', () => {
  test('writes and publishes the function of the document once, with the tags of the site', async () => {
    await givenSite(ledger, { site: withBypass });
    const told = await prepare();
    expect(told).toEqual({ functionArn: expect.stringMatching(/:function\/np-[0-9a-f]{12}-bypass$/) });
    expect(liveCode()).toContain('["203.0.113.7/32"]');
    expect([...held.values()][0]?.tags).toContainEqual({ Key: 'nameplate:site', Value: domain });
    expect(await prepare()).toEqual(told);
    expect(mutations(cloudFront)).toEqual(['CreateFunction', 'PublishFunction']);
    expect((await theStep(ledger, 'CreateBypass')).made).toMatchObject([{ type: 'bypass', ours: true }]);
  });

  test('asks nothing of CloudFront for a site without one', async () => {
    await givenSite(ledger, { site: { failover: aFailover(domain) } });
    expect(await prepare()).toEqual({});
    expect(cloudFront.calls()).toHaveLength(0);
  });

  test('writes it anew where the addresses have changed, and where somebody has written over it', async () => {
    await givenSite(ledger, { site: withBypass });
    await prepare();
    await declareAnew(ledger, { failover: failover('203.0.113.7/32', '2001:db8::/48') });
    await prepare();
    expect(liveCode()).toContain('["203.0.113.7/32","2001:db8::/48"]');
    for (const found of held.values()) found.live = new TextEncoder().encode('function handler() {}');
    await prepare();
    expect(liveCode()).toContain('2001:db8::/48');
  });

  test.each([
    ['CreateFunction', true],
    ['PublishFunction', true],
    ['PublishFunction', false],
  ])('publishes one function after a lost answer of %s (carried out: %s)', async (command, isDone) => {
    await givenSite(ledger, { site: withBypass });
    failing = { command, code: 'TimeoutError', isDone };
    await expect(prepare()).rejects.toMatchObject({ name: 'Throttled' });
    await prepare();
    expect(held.size).toBe(1);
    expect(liveCode()).toContain('203.0.113.7/32');
  });

  test('stops at a function of that name which is not of the site', async () => {
    await givenSite(ledger, { site: withBypass });
    await prepare();
    for (const found of held.values()) found.tags = [];
    await expect(prepare()).rejects.toMatchObject({
      name: 'Conflict',
      message: expect.stringContaining('it has no owner tags. Delete it, then declare the site again'),
    });
  });
});

describe('RemoveBypass', () => {
  async function undone() {
    await givenSite(ledger, { site: withBypass });
    await prepare();
    const over = await readSiteItem(ledger, domain);
    if (!over) throw new Error('The ledger has no site');
    await writeSite(ledger, { ...over, ...undoing, revision: 2 }, { over });
  }

  test('deletes the function with the site', async () => {
    await undone();
    expect(await release(2)).toEqual({ left: [] });
    expect(held.size).toBe(0);
    expect(await release(2)).toEqual({ left: [] });
  });

  test('waits while a distribution runs it', async () => {
    await undone();
    failing = { command: 'DeleteFunction', code: 'FunctionInUse', isDone: false };
    await expect(release(2)).rejects.toMatchObject({
      name: 'NotReady',
      message: expect.stringContaining('until no distribution runs the CloudFront function'),
    });
    await release(2);
    expect(held.size).toBe(0);
  });

  test('deletes the function of a site whose document has no bypass any more', async () => {
    await givenSite(ledger, { site: withBypass, item: changing });
    await prepare();
    const over = await readSiteItem(ledger, domain);
    if (!over) throw new Error('The ledger has no site');
    await writeSite(ledger, { ...over, site: { ...over.site, failover: aFailover(domain) } }, { over });
    await givenStep(ledger, { name: 'ReserveAddress', output: {} });
    await release();
    expect(held.size).toBe(0);
  });

  test('asks CloudFront nothing for a site that never had one', async () => {
    await givenUndo(ledger);
    expect(await release()).toEqual({ left: [] });
    expect(cloudFront.calls()).toHaveLength(0);
  });
});
