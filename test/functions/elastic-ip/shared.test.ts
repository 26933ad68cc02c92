import {
  type Address,
  AllocateAddressCommand,
  AssociateAddressCommand,
  CreateTagsCommand,
  DescribeAddressesCommand,
  DescribeInstancesCommand,
  DisassociateAddressCommand,
  EC2Client,
  ReleaseAddressCommand,
} from '@aws-sdk/client-ec2';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import { readAddressUse, writeAddressUse } from '../../../aws/ledger/address-use.ts';
import { readSiteItem } from '../../../aws/ledger/read-site.ts';
import { writeSite } from '../../../aws/ledger/write-site.ts';
import type { SiteItem } from '../../../domain/ledger/site-item.ts';
import { handler } from '../../../functions/resources/elastic-ip.ts';
import { useLedger } from '../../support/ledger.ts';
import { aSettledSiteItem, aSite, aSiteItem } from '../../support/site.ts';
import {
  context,
  domain,
  event,
  givenChange,
  givenSite,
  givenStep,
  mutations,
  theStep,
  undoing,
} from '../../support/steps.ts';

const ledger = useLedger();
const reserve: typeof handler = (asked, at) => handler({ ...asked, phase: 'prepare' }, at);
const release: typeof handler = (asked, at) => handler({ ...asked, phase: 'release' }, at);
const ec2 = mockClient(EC2Client);
const instanceId = 'i-0123456789abcdef0';
const other = 'blog.example.test';
const tagsOf = (site: string, stack = 'Nameplate') => [
  { Key: 'nameplate:site', Value: site },
  { Key: 'nameplate:stack', Value: stack },
];
const standing = (changes: Address = {}): Address => ({
  AllocationId: 'eipalloc-1',
  PublicIp: '203.0.113.7',
  AssociationId: 'eipassoc-1',
  InstanceId: instanceId,
  ...changes,
});

/** The account's addresses; tags that are written show at the next read. */
function having(...addresses: Address[]): void {
  ec2.on(DescribeAddressesCommand).callsFake(({ Filters: [filter] = [] }) => ({
    Addresses: addresses.filter(({ InstanceId, Tags = [] }) => {
      if (!filter) return true;
      if (filter.Name === 'instance-id') return InstanceId === filter.Values[0];
      return Tags.some(({ Key, Value }) => filter.Name === `tag:${Key}` && Value === filter.Values[0]);
    }),
  }));
  ec2.on(CreateTagsCommand).callsFake(({ Resources: [id], Tags }) => {
    const tagged = addresses.find(({ AllocationId }) => AllocationId === id);
    if (tagged) tagged.Tags = Tags;
    return {};
  });
}

/** Another site on the same instance. */
async function givenOther(changes: Partial<SiteItem> = {}, { running = false } = {}): Promise<void> {
  const site = aSite({ domain: other, aliases: [], edge: 'direct' });
  const item = running ? aSiteItem({ site, ...changes }) : aSettledSiteItem({ site, ...changes });
  await writeSite(ledger, item, { over: undefined });
}
const usedBy = (owner: string, ...users: string[]) =>
  writeAddressUse(ledger, { instanceId, over: undefined, use: { owner, users } });

beforeEach(async () => {
  ec2.reset();
  ec2.on(AllocateAddressCommand).resolves({ AllocationId: 'eipalloc-9', PublicIp: '203.0.113.9' });
  ec2.on(AssociateAddressCommand).resolves({}).on(DisassociateAddressCommand).resolves({});
  ec2.on(ReleaseAddressCommand).resolves({}).on(DescribeInstancesCommand).resolves({});
  await givenSite(ledger, { site: { edge: 'direct' } });
});

const givenItsUndo = async () => {
  const item = await readSiteItem(ledger, domain);
  if (item) await writeSite(ledger, { ...item, ...undoing }, { over: item });
};

describe('B1: ReserveAddress on an instance whose address is of another site', () => {
  test('shares it, and registers both sites', async () => {
    await givenOther();
    await usedBy(other, other);
    having(standing({ Tags: tagsOf(other) }));
    expect(await reserve(event, context)).toEqual({ address: '203.0.113.7' });
    expect(mutations(ec2)).toEqual([]);
    expect(await readAddressUse(ledger, instanceId)).toEqual({ owner: other, users: [other, domain] });
    expect(await theStep(ledger, 'ReserveAddress')).toMatchObject({
      made: [{ id: 'eipalloc-1', ours: false }],
      message: expect.stringContaining(`which the site "${other}" uses too`),
    });
  });

  test('names as its owner a site that has not registered, so that it is passed on and not released', async () => {
    await givenOther();
    having(standing({ Tags: tagsOf(other) }));
    await reserve(event, context);
    expect(await readAddressUse(ledger, instanceId)).toEqual({ owner: other, users: [domain] });
  });

  test('waits while that site, which no longer uses it, may be releasing it', async () => {
    await givenOther({ state: 'undoing' }, { running: true });
    having(standing({ Tags: tagsOf(other) }));
    await expect(reserve(event, context)).rejects.toMatchObject({ name: 'NotReady' });
  });

  test('waits until EC2 no longer returns the address that an undone site has released', async () => {
    await givenOther({ state: 'undone' });
    having(standing({ Tags: tagsOf(other) }));
    await expect(reserve(event, context)).rejects.toMatchObject({ name: 'NotReady' });
    having();
    const startedAt = new Date(Date.now() - 60_000).toISOString();
    await givenStep(ledger, { name: 'ReserveAddress', state: 'waiting', startedAt });
    expect(await reserve(event, context)).toEqual({ address: '203.0.113.9' });
  });

  test("is a conflict with another stack's, which could release it at any time", async () => {
    having(standing({ Tags: tagsOf(other, 'Another') }));
    await expect(reserve(event, context)).rejects.toMatchObject({
      name: 'Conflict',
      message: expect.stringContaining(`belongs to the site "${other}" of the stack "Another"`),
    });
    expect(mutations(ec2)).toEqual([]);
  });
});

describe('B1: two sites that reserve on one instance at the same time', () => {
  test('the second one allocates nothing, waits, and shares what the first one has associated', async () => {
    await givenOther({}, { running: true });
    await usedBy(other, other);
    having();
    await expect(reserve(event, context)).rejects.toMatchObject({
      name: 'NotReady',
      message: `Waiting until the site "${other}" has given the instance "${instanceId}" an address: both share it`,
    });
    expect(mutations(ec2)).toEqual([]);
    having(standing({ Tags: tagsOf(other) }));
    expect(await reserve(event, context)).toEqual({ address: '203.0.113.7' });
    expect(mutations(ec2)).toEqual([]);
  });

  test('the second one goes on in place of a first one that is held', async () => {
    await givenOther({ state: 'held' });
    await usedBy(other, other);
    having();
    expect(await reserve(event, context)).toEqual({ address: '203.0.113.9' });
    expect(await readAddressUse(ledger, instanceId)).toEqual({ owner: domain, users: [other, domain] });
  });
});

describe('B1: ReleaseAddress of an address that other sites share', () => {
  test('passes it on to one of them, by its tags, and the last one releases it', async () => {
    await givenItsUndo();
    await givenOther();
    await usedBy(domain, other, domain);
    const address = standing({ Tags: tagsOf(domain) });
    having(address);
    await release(event, context);
    expect(mutations(ec2)).toEqual(['CreateTags']);
    expect(address.Tags).toEqual(tagsOf(other));
    expect(await readAddressUse(ledger, instanceId)).toEqual({ owner: other, users: [other] });
    expect((await theStep(ledger, 'ReleaseAddress')).message).toBe(
      `Passed on the address 203.0.113.7 to the site "${other}", which uses it too`,
    );
    await release(event, context);
    expect(mutations(ec2)).toEqual(['CreateTags']);
  });

  test('leaves alone the address that it shared and that another site owns', async () => {
    await givenItsUndo();
    await givenOther();
    await usedBy(other, other, domain);
    having(standing({ Tags: tagsOf(other) }));
    await release(event, context);
    expect(mutations(ec2)).toEqual([]);
    expect(await readAddressUse(ledger, instanceId)).toEqual({ owner: other, users: [other] });
  });

  test('releases it when all other sites have been undone', async () => {
    await givenItsUndo();
    await givenOther({ state: 'undone' });
    await usedBy(domain, other, domain);
    having(standing({ Tags: tagsOf(domain) }));
    await release(event, context);
    expect(mutations(ec2)).toEqual(['DisassociateAddress', 'ReleaseAddress']);
    expect(await readAddressUse(ledger, instanceId)).toBeUndefined();
  });

  test('releases it when the site that it was passed on to is undone at the same moment', async () => {
    await givenItsUndo();
    await givenOther();
    await usedBy(domain, other, domain);
    const address = standing({ Tags: tagsOf(domain) });
    having(address);
    ec2.on(CreateTagsCommand).callsFake(async () => {
      const over = await readAddressUse(ledger, instanceId);
      await writeAddressUse(ledger, { instanceId, over, use: undefined });
      return {};
    });
    await release(event, context);
    expect(mutations(ec2)).toEqual(['CreateTags', 'DisassociateAddress', 'ReleaseAddress']);
  });

  test('passes on the address of the former instance when a site moves to another one', async () => {
    await givenOther();
    await usedBy(domain, other, domain);
    const before = {
      type: 'elastic address' as const,
      id: 'eipalloc-1',
      ours: true,
      detail: '203.0.113.7',
      givenTo: instanceId,
    };
    const next = 'i-0fedcba9876543210';
    await givenStep(ledger, { name: 'ReserveAddress', made: [before] });
    const origin = { instance: { id: next, port: 80, healthPath: '/' } };
    await givenChange(ledger, { site: { origin }, outputs: {} });
    await givenStep(ledger, {
      name: 'ReserveAddress',
      made: [before, { ...before, id: 'eipalloc-2', detail: '203.0.113.8', givenTo: next }],
      output: { address: '203.0.113.8' },
    });
    const [former, kept] = [
      standing({ Tags: tagsOf(domain) }),
      standing({ AllocationId: 'eipalloc-2', PublicIp: '203.0.113.8', InstanceId: next, Tags: tagsOf(domain) }),
    ];
    having(former, kept);
    await release(event, context);
    expect(mutations(ec2)).toEqual(['CreateTags']);
    expect([former.Tags, kept.Tags]).toEqual([tagsOf(other), tagsOf(domain)]);
  });
});
