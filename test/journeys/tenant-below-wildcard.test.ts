import { afterEach, expect, test } from '@jest/globals';
import type { SiteView } from '../../domain/sites/view.ts';
import { SHOP, withExampleZone } from '../support/live-shop.ts';
import type { Nameplate, Shown } from '../support/nameplate.ts';
import { giveInstance } from '../support/tenant-tags.ts';

type Entry = NonNullable<SiteView['records']>[number];

let nameplate: Nameplate;
afterEach(() => nameplate.close());

const theirs = (Name: string, Type: string, Value: string) => ({
  Name,
  Type,
  TTL: 300,
  ResourceRecords: [{ Value }],
});

test("R31: a tenant gets a name below a foreign wildcard by what its proof's hint says, and an undo gives the records back", async () => {
  nameplate = await withExampleZone();
  await giveInstance(nameplate, 'acme');
  await create(theirs('*.example.test', 'A', '203.0.113.200'));
  const document = { edge: 'direct', tenant: 'acme' };
  await nameplate.begin(SHOP, document);
  await nameplate.waitsIn(SHOP, 'CheckDelegation');
  const proof = await proofAsked();
  expect(proof).toMatchObject({ seen: 'missing', hint: expect.stringContaining('then declare it with "adopt": true') });

  await nameplate.act(SHOP, 'cancel');
  expect((await nameplate.ended(SHOP)).state).toBe('held');
  await nameplate.begin(SHOP, { ...document, adopt: true });
  await nameplate.waitsIn(SHOP, 'CheckDelegation');
  const again = await proofAsked();
  expect(again?.values).toEqual(proof?.values);
  const own = theirs(SHOP, 'A', '203.0.113.200');
  await create(own);
  await create(theirs(again?.name ?? '', 'TXT', `"${again?.values[0]}"`));
  const live = await nameplate.ended(SHOP);
  expect([live.state, live.reason]).toEqual(['live', undefined]);

  await nameplate.undo(SHOP);
  expect((await nameplate.ended(SHOP)).state).toBe('undone');
  const records = (await nameplate.records('example.test')).filter(({ Name }) => Name === `${SHOP}.`);
  expect(records).toMatchObject([{ ...own, Name: `${SHOP}.` }]);
});

/** The record that proves the name, as the site shows it. */
async function proofAsked(): Promise<Entry | undefined> {
  return ((await nameplate.show(SHOP)) as Shown & { records: Entry[] }).records[0];
}

async function create(ResourceRecordSet: object): Promise<void> {
  const { HostedZones } = await nameplate.ask<{ HostedZones: { Id: string }[] }>('route53', 'ListHostedZones');
  const ChangeBatch = { Changes: [{ Action: 'CREATE', ResourceRecordSet }] };
  await nameplate.ask('route53', 'ChangeResourceRecordSets', { HostedZoneId: HostedZones[0]?.Id, ChangeBatch });
  await nameplate.aws.clock.advance(60_000);
}
