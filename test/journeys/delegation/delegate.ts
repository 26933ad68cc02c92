import { beforeEach, describe, expect, test } from '@jest/globals';
import type { SiteView } from '../../../domain/sites/view.ts';
import { aZone } from '../../support/a-zone.ts';
import { anotherInstance } from '../../support/another-instance.ts';
import { takeZones } from '../../support/inventory.ts';
import type { Nameplate, Shown } from '../../support/nameplate.ts';
import { OtherAccount, proofSet } from '../../support/other-account.ts';
import { picture } from '../../support/picture.ts';
import type { SharedBoot } from '../../support/shared-boot.ts';
import { traces } from '../../support/traces.ts';

let nameplate: Nameplate;
let zone: string;
let shop: string;
/** The hosted zone above the site's. */
let parent: string;
let document: object;

/** The record sets of the zone above at the site's domain. */
async function above(): Promise<object[]> {
  const { ResourceRecordSets } = await nameplate.ask<{ ResourceRecordSets: { Name: string; Type: string }[] }>(
    'route53',
    'ListResourceRecordSets',
    { HostedZoneId: parent },
  );
  return ResourceRecordSets.filter(({ Name }) => Name === `${shop}.`);
}

async function enter(type: string, ...values: string[]): Promise<void> {
  const ResourceRecords = values.map((Value) => ({ Value }));
  await nameplate.ask('route53', 'ChangeResourceRecordSets', {
    HostedZoneId: parent,
    ChangeBatch: {
      Changes: [{ Action: 'CREATE', ResourceRecordSet: { Name: shop, Type: type, TTL: 60, ResourceRecords } }],
    },
  });
  await nameplate.aws.clock.advance(60_000);
}

export function delegate(boot: SharedBoot): void {
  describe('"delegate": true', () => {
    beforeEach(async () => {
      nameplate = boot.nameplate;
      ({ zone, shop } = boot.namesInZone());
      parent = (await aZone(nameplate, zone)).replace('/hostedzone/', '');
      await nameplate.aws.clock.advance(60_000);
      document = { edge: 'direct', origin: { instance: { id: await anotherInstance(nameplate) } }, delegate: true };
    });

    describe('#14: a site that has its delegation written', () => {
      test('goes from POST to live without a human, and R16: its undo removes the delegation a TTL before the zone', async () => {
        const before = await picture(nameplate);
        const plan = await nameplate.plan(nameplate.document(shop, document));
        const changes = plan.changes.map(({ verb, phase, resource: { type } }) => `${phase} ${verb} ${type}`);
        expect(changes.slice(0, 2)).toEqual(['prepare create hosted zone', 'prepare create delegation']);
        expect(plan.waits.map(({ for: what }) => what)).not.toContain('delegation');
        expect(plan.findings.map(({ check }) => check)).toContain('delegationWritten');

        const live = await nameplate.onboard(shop, document);
        expect(live.state).toBe('live');
        expect(await above()).toMatchObject([
          { Type: 'NS', ResourceRecords: live.nameServers?.map((server) => ({ Value: `${server}.` })) },
        ]);
        expect(await nameplate.viewer.addresses(shop)).toHaveLength(1);

        const leaving = await nameplate.planDelete(shop, { deleteZone: true });
        expect(leaving.changes.slice(-2).map(({ verb, resource }) => `${verb} ${resource.type}`)).toEqual([
          'delete delegation',
          'delete hosted zone',
        ]);
        expect(leaving.findings.map(({ check }) => check)).not.toContain('zoneStillDelegated');
        await nameplate.delete(shop, { deleteZone: true });
        const gone = await nameplate.ended(shop);
        expect([gone.state, gone.left, gone.reason]).toEqual(['undone', undefined, undefined]);
        const at = (step: string) => Date.parse(gone.steps.find(({ name }) => name === step)?.endedAt ?? '');
        expect(at('RemoveZone') - at('RemoveDelegation')).toBeGreaterThanOrEqual(300_000);
        expect(await above()).toEqual([]);
        expect(await picture(nameplate)).toEqual(before);
        expect(await traces(nameplate, [shop])).toEqual([]);
      });

      test('keeps its delegation where its zone is kept, by a change that says "delegate" no more and by a DELETE', async () => {
        const { nameServers = [] } = await nameplate.onboard(shop, document);
        const { delegate: _, ...rest } = document as { delegate: boolean };
        await nameplate.change(shop, { ...rest, directName: `direct.${shop}` });
        expect((await nameplate.ended(shop)).state).toBe('live');
        expect(await above()).toHaveLength(1);
        await nameplate.delete(shop);
        const left = await nameplate.ended(shop);
        expect(left.left?.map(({ type }) => type).toSorted()).toEqual(['delegation', 'hosted zone']);
        expect(await above()).toHaveLength(1);
        expect(nameServers).toHaveLength(4);
        await nameplate.delete(shop, { deleteZone: true });
        expect((await nameplate.ended(shop)).left).toBeUndefined();
        expect(await above()).toEqual([]);
      });

      test('R6: stops at a delegation of others, replaces it when told to adopt, and puts it back', async () => {
        await enter('NS', 'ns1.theirs.example.', 'ns2.theirs.example.');
        const standing = await above();
        const refused = await nameplate.post(nameplate.document(shop, document));
        expect([refused.status, await refused.text()]).toEqual([409, expect.stringContaining('ns1.theirs.example')]);
        expect(await above()).toEqual(standing);

        expect((await nameplate.onboard(shop, { ...document, adopt: true })).state).toBe('live');
        expect(await above()).not.toEqual(standing);
        await nameplate.undo(shop);
        const undone = await nameplate.ended(shop);
        expect([undone.state, undone.left]).toEqual(['undone', undefined]);
        expect(await above()).toEqual(standing);
      });
    });

    test('#14: where the zone above is elsewhere, the site waits for a person and says why', async () => {
      nameplate.aws.registrar.undelegate(zone);
      nameplate.aws.otherProvider.addZone(zone);
      const plan = await nameplate.plan(nameplate.document(shop, document));
      expect(plan.findings.find(({ check }) => check === 'zoneNotDelegated')?.message).toMatch(
        /^Nameplate cannot delegate/,
      );
      await nameplate.post(nameplate.document(shop, document));
      const { waiting, nameServers, timeline } = await nameplate.waitsIn(shop, 'CheckDelegation');
      expect(timeline.find(({ step }) => step === 'WriteDelegation')?.message).toContain('Cannot delegate');
      expect(nameServers).toHaveLength(4);
      expect(waiting[0]?.for).toContain(nameServers?.[0]);
      await nameplate.act(shop, 'cancel', '{"then":"undo"}');
      expect((await nameplate.ended(shop)).left).toBeUndefined();
    });

    describe('#14: a site whose records are kept in another account', () => {
      test('is delegated there by the role of the document, and its undo leaves that account as it was', async () => {
        const { aws, viewer } = nameplate;
        const above = `elsewhere-${zone}`;
        const site = `shop.${above}`;
        const theirs = await OtherAccount.with(nameplate, above);
        const wanted = nameplate.document(site, { ...document, dns: theirs.dns });
        await nameplate.post(wanted);
        const { records = [] } = (await nameplate.waitsIn(site, 'FindZone')) as Shown & Pick<SiteView, 'records'>;
        await theirs.enterWhenFree(...records.map(proofSet));
        // Its role may create no zone: the owner of the account does.
        const without = await nameplate.ended(site);
        expect([without.state, without.reason]).toMatchObject(['undone', { step: 'FindZone', error: 'Misconfigured' }]);
        expect(without.reason?.message).toContain(`Cannot delegate "${site}"`);
        await theirs.ask('route53', 'CreateHostedZone', { Name: site, CallerReference: site });
        await aws.clock.advance(60_000);

        const before = await takeZones({ aws, ask: theirs.ask });
        const { changes, waits } = await nameplate.plan(wanted);
        expect(changes.map(({ verb, resource: { type } }) => `${verb} ${type}`)).toContain('create delegation');
        expect(waits.map(({ for: what }) => what)).not.toContain('delegation');
        await nameplate.post(wanted);
        const live = await nameplate.ended(site);
        expect([live.state, live.reason]).toEqual(['live', undefined]);
        expect(await viewer.addresses(site)).toHaveLength(1);
        // The zone above no longer answers with the challenge: the site says until when it counts, and what to enter.
        expect(live.timeline.findLast(({ step }) => step === 'CheckDelegation')?.message).toMatch(
          /no longer seen, and counts until \d{4}-\d\d-\d\d\. Enter _nameplate-challenge/,
        );

        const leaving = await nameplate.planDelete(site);
        const removed = leaving.changes.map(({ verb, resource: { type } }) => `${verb} ${type}`);
        expect(removed.at(-1)).toBe('delete delegation');
        await nameplate.delete(site);
        const gone = await nameplate.ended(site);
        expect([gone.state, gone.left, gone.reason]).toEqual(['undone', undefined, undefined]);
        expect(await takeZones({ aws, ask: theirs.ask })).toEqual(before);
        expect(await traces(nameplate, [site])).toEqual([]);
      });
    });
  });
}
