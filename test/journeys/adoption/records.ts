import type { CreateLoadBalancerOutput } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { ResourceRecordSet, TestDNSAnswerResponse } from '@aws-sdk/client-route-53';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { aZone } from '../../support/a-zone.ts';
import { anotherInstance } from '../../support/another-instance.ts';
import type { Nameplate, Shown } from '../../support/nameplate.ts';
import { picture } from '../../support/picture.ts';
import type { SharedBoot } from '../../support/shared-boot.ts';
import { takenOver } from '../../support/taken-over.ts';

const THEIRS = '203.0.113.99';

export function records(boot: SharedBoot): void {
  describe('records that stand in the way', () => {
    let nameplate: Nameplate;
    let zone: string;
    let shop: string;
    let www: string;
    beforeEach(() => {
      nameplate = boot.nameplate;
      ({ zone, shop, www } = boot.namesInZone());
    });

    test('R6: a foreign record is shown and left alone, adopted when asked to, and put back by undo byte for byte', async () => {
      // Most people have a load balancer of their own in front of the instance already.
      const { subnetIds: Subnets } = nameplate.world;
      const { LoadBalancers = [] } = await nameplate.ask<CreateLoadBalancerOutput>(
        'elasticloadbalancing',
        'CreateLoadBalancer',
        { Name: 'theirs', Subnets },
      );
      await nameplate.aws.clock.advance(10 * 60_000);
      const { DNSName, CanonicalHostedZoneId: HostedZoneId } = LoadBalancers[0] ?? {};
      const AliasTarget = { HostedZoneId, DNSName, EvaluateTargetHealth: true };
      const zoneId = await withZone(zone, [
        { Name: shop, Type: 'A', AliasTarget },
        { Name: shop, Type: 'MX', TTL: 300, ResourceRecords: [{ Value: `10 mail.${zone}.` }] },
        { Name: www, Type: 'CNAME', TTL: 300, ResourceRecords: [{ Value: `Shop.${zone}` }] },
      ]);
      const before = await picture(nameplate);
      const theirs = await answerOf(zoneId);
      const alias = { evaluateTargetHealth: true, name: DNSName?.toLowerCase() };
      const listing = await nameplate.records(zone);
      const site = { aliases: [www] };

      const conflicts = (await nameplate.plan(nameplate.document(shop, site))).changes.filter(
        ({ verb }) => verb === 'conflict',
      );
      expect(conflicts).toMatchObject([
        { resource: { name: shop }, before: { records: [{ type: 'A', alias }] } },
        { resource: { name: www }, before: { records: [{ type: 'CNAME' }] } },
      ]);
      expect(conflicts[0]?.message).toMatch(
        /or declare "adopt": true to take it over, which undo puts back as it was$/,
      );
      const refused = await nameplate.post(nameplate.document(shop, site));
      expect(refused.status).toBe(409);
      expect(await refused.text()).toContain(`${shop} A alias to ${alias.name}`);
      expect(await picture(nameplate)).toEqual(before);

      const adopting = nameplate.document(shop, { ...site, adopt: true });
      const planned = await nameplate.plan(adopting);
      const adopted = planned.changes.filter(({ message }) => message.includes('adopted'));
      expect(adopted).toMatchObject([
        { verb: 'adopt', resource: { name: `${shop} A` }, before: { alias } },
        { verb: 'adopt', resource: { name: `${www} CNAME` }, before: { values: [`Shop.${zone}`] } },
      ]);
      const answers = new Set<string>();
      const { id, checksum } = planned;
      expect((await nameplate.post({ ...adopting, plan: { id, checksum } })).status).toBe(202);
      const live = await watched(zoneId, answers);
      expect(live.state).toBe('live');
      expect(takenOver(live)).toEqual([`${shop} A`, `${www} CNAME`]);
      expect((await nameplate.viewer.https(www)).status).toBe(200);
      const ours = await answerOf(zoneId);
      expect(ours).not.toBe(theirs);
      expect([...answers].sort()).toEqual([theirs, ours].sort());

      answers.clear();
      await nameplate.undo(shop);
      const undone = await watched(zoneId, answers);
      expect(undone).toMatchObject({ state: 'undone' });
      expect(undone.left).toBeUndefined();
      expect([...answers].sort()).toEqual([theirs, ours].sort());
      expect(await nameplate.records(zone)).toEqual(listing);
      expect(await picture(nameplate)).toEqual(before);
      expect(takenOver(undone)).toEqual([]);
    });

    test('weighted sets and aliases are adopted whole, with a worker killed between the intent and the batch', async () => {
      const weighted = (SetIdentifier: string, Value: string, Weight: number): ResourceRecordSet => ({
        Name: shop,
        Type: 'A',
        TTL: 60,
        SetIdentifier,
        Weight,
        ResourceRecords: [{ Value }],
      });
      const zoneId = await withZone(zone, [weighted('blue', THEIRS, 0), weighted('green', '203.0.113.98', 255)]);
      const alias = { HostedZoneId: zoneId.replace('/hostedzone/', ''), DNSName: shop, EvaluateTargetHealth: true };
      await change(zoneId, [{ Name: www, Type: 'A', AliasTarget: alias }]);
      const listing = await nameplate.records(zone);
      for (const kind of ['kill-before', 'kill-after'] as const) {
        nameplate.aws.faults.add({
          service: 'route53',
          operation: 'ChangeResourceRecordSets',
          caller: 'Record',
          kind,
        });
      }
      const live = await nameplate.onboard(shop, {
        aliases: [www],
        adopt: true,
        ...(await onOwnInstance()),
      });
      expect(live.state).toBe('live');
      expect(takenOver(live)).toEqual([`${shop} A "blue"`, `${shop} A "green"`, `${www} A`]);
      expect(await nameplate.viewer.addresses(www)).toEqual(await nameplate.viewer.addresses(shop));
      nameplate.aws.faults.add({
        service: 'route53',
        operation: 'ChangeResourceRecordSets',
        caller: 'Record',
        kind: 'kill-after',
      });
      await nameplate.undo(shop);
      const undone = await nameplate.ended(shop);
      expect(undone.state).toBe('undone');
      expect(undone.left).toBeUndefined();
      expect(await nameplate.records(zone)).toEqual(listing);
    });

    test('R8: what somebody has changed since it was adopted stays, and undo says what stood there', async () => {
      const theirs = { Name: shop, Type: 'A' as const, TTL: 300, ResourceRecords: [{ Value: THEIRS }] };
      const zoneId = await withZone(zone, [theirs]);
      await nameplate.onboard(shop, { ...(await onOwnInstance()), adopt: true });
      const [standing] = (await nameplate.records(zone)).filter(
        ({ Name, Type }) => Name === `${shop}.` && Type === 'A',
      );
      const elsewhere = { ...theirs, ResourceRecords: [{ Value: '203.0.113.200' }] };
      await change(zoneId, [elsewhere], standing ? [standing] : []);
      await nameplate.undo(shop);
      const undone = await nameplate.ended(shop);
      expect(undone).toMatchObject({
        state: 'undone',
        left: [
          { id: `${shop} A`, why: expect.stringContaining('203.0.113.200') },
          { id: `${shop} A`, why: expect.stringContaining(`${shop} A ${THEIRS}`) },
        ],
      });
      expect(await nameplate.viewer.addresses(shop)).toEqual(['203.0.113.200']);
    });

    /** A site without a load balancer on an instance of its own: the world's may have an address already. */
    async function onOwnInstance(): Promise<object> {
      return { edge: 'direct', origin: { instance: { id: await anotherInstance(nameplate) } } };
    }

    /** A hosted zone of somebody else with these records, delegated to. Gives its id. */
    async function withZone(name: string, sets: ResourceRecordSet[]): Promise<string> {
      const zoneId = await aZone(nameplate, name);
      await change(zoneId, sets);
      return zoneId;
    }

    async function change(zone: string, come: ResourceRecordSet[], gone: ResourceRecordSet[] = []): Promise<void> {
      const Changes = [
        ...gone.map((ResourceRecordSet) => ({ Action: 'DELETE', ResourceRecordSet })),
        ...come.map((ResourceRecordSet) => ({ Action: 'CREATE', ResourceRecordSet })),
      ];
      await nameplate.ask('route53', 'ChangeResourceRecordSets', { HostedZoneId: zone, ChangeBatch: { Changes } });
      await nameplate.aws.clock.advance(120_000);
    }

    /** Asks the zone for the shop's addresses whenever anything has happened, until no execution runs. */
    async function watched(zoneId: string, answers: Set<string>): Promise<Shown> {
      await nameplate.aws.clock.until(async () => {
        answers.add(await answerOf(zoneId));
        return nameplate.aws.states.running().length === 0;
      });
      return nameplate.show(shop);
    }

    /** What Route 53 answers for the shop, no cache between; the code where it answers nothing. */
    async function answerOf(HostedZoneId: string): Promise<string> {
      const question = { HostedZoneId, RecordName: shop, RecordType: 'A' };
      const answer = await nameplate.ask<TestDNSAnswerResponse>('route53', 'TestDNSAnswer', question);
      return [...(answer.RecordData ?? [])].sort().join() || String(answer.ResponseCode);
    }
  });
}
