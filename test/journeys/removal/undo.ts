import { beforeEach, describe, expect, test } from '@jest/globals';
import { resourceName } from '../../../domain/ownership.ts';
import { anotherInstance } from '../../support/another-instance.ts';
import type { Nameplate } from '../../support/nameplate.ts';
import { picture } from '../../support/picture.ts';
import type { SharedBoot } from '../../support/shared-boot.ts';

export function undo(boot: SharedBoot): void {
  describe('undo, hold, resume and cancel', () => {
    let nameplate: Nameplate;
    let zone: string;
    let shop: string;
    let www: string;
    let direct: string;
    beforeEach(() => {
      nameplate = boot.nameplate;
      ({ zone, shop, www, direct } = boot.namesInZone());
    });

    test('onboard, then undo: the world is as it was found, and no name dangled on the way', async () => {
      await withZone(zone);
      await foreignNeighbours();
      const before = await picture(nameplate);
      const live = await nameplate.onboard(shop, { aliases: [www], directName: direct });
      expect(live.state).toBe('live');
      expect(await picture(nameplate)).not.toEqual(before);
      const mark = nameplate.aws.calls.mark();
      expect((await nameplate.undo(shop)).status).toBe(202);
      const undone = await nameplate.ended(shop);
      expect(undone).toMatchObject({ state: 'undone', revision: 2 });
      expect(undone.left).toBeUndefined();
      expect(undone.steps.flatMap(({ made }) => made.filter(({ ours }) => ours))).toEqual([]);
      expect(await picture(nameplate)).toEqual(before);
      const changes = nameplate.mutatingCalls(mark).filter((call) => !call.startsWith('dynamodb:'));
      const first = (call: string) => changes.findIndex((each) => each.endsWith(call));
      expect(first('ChangeResourceRecordSets')).toBeGreaterThanOrEqual(0);
      for (const call of ['DeleteListener', 'DeleteLoadBalancer', 'DeleteTargetGroup', 'DeleteCertificate']) {
        expect(first(call)).toBeGreaterThan(first('ChangeResourceRecordSets'));
      }
      const at = Object.fromEntries(nameplate.aws.calls.since(mark).map(({ operation, at }) => [operation, at]));
      expect(Number(at['DeleteLoadBalancer']) - firstAt(mark, 'ChangeResourceRecordSets')).toBeGreaterThanOrEqual(
        60_000,
      );
    });

    test('a second undo has nothing to do, and the same site can be declared anew', async () => {
      await withZone(zone);
      const site = await onOwnInstance();
      await nameplate.onboard(shop, site);
      await nameplate.undo(shop);
      expect((await nameplate.ended(shop)).state).toBe('undone');
      // The notification of the first undo may still be under way.
      await nameplate.aws.clock.advance(60_000);
      await nameplate.aws.clock.idle();
      const mark = nameplate.aws.calls.mark();
      expect((await nameplate.undo(shop)).status).toBe(409);
      expect(nameplate.mutatingCalls(mark)).toEqual([]);
      expect(await nameplate.onboard(shop, site)).toMatchObject({ state: 'live', revision: 3 });
    });

    test('R16: a zone of ours stays while the world is sent to it, and goes when it no longer is', async () => {
      ({ shop } = boot.names());
      const site = await onOwnInstance();
      const before = await picture(nameplate);
      await nameplate.onboard(shop, site);
      await nameplate.undo(shop);
      const left = await nameplate.ended(shop);
      expect(left).toMatchObject({
        state: 'undone',
        left: [
          { type: 'hosted zone', why: expect.stringContaining('is still delegated to it. Remove the NS records') },
        ],
      });
      nameplate.aws.registrar.undelegate(shop);
      await nameplate.undo(shop);
      const undone = await nameplate.ended(shop);
      expect(undone.state).toBe('undone');
      expect(undone.left).toBeUndefined();
      expect(await picture(nameplate)).toEqual(before);
    });

    test('a failed first onboarding undoes by itself what it made, and says why', async () => {
      await withZone(zone);
      const before = await picture(nameplate);
      nameplate.aws.ec2.web(nameplate.world.instanceId).fail(500);
      const site = await nameplate.onboard(shop, { aliases: [www] });
      expect(site).toMatchObject({ state: 'undone', revision: 2, reason: { step: 'AwaitLoadBalancer' } });
      expect(await picture(nameplate)).toEqual(before);
    });

    test('held, mended and resumed: live with nothing made twice', async () => {
      await withZone(zone);
      const web = nameplate.aws.ec2.web(nameplate.world.instanceId);
      web.fail(500);
      const held = await nameplate.onboard(shop, { aliases: [www], onFailure: 'hold' });
      expect(held).toMatchObject({ state: 'held', reason: { step: 'AwaitLoadBalancer' } });
      web.fail(undefined);
      const mark = nameplate.aws.calls.mark();
      expect((await nameplate.act(shop, 'resume')).status).toBe(202);
      expect((await nameplate.ended(shop)).state).toBe('live');
      expect(madeSince(mark)).toEqual(['route53:ChangeResourceRecordSets']);
      expect((await nameplate.act(shop, 'resume')).status).toBe(409);
    });

    test('cancelled while it waits for the certificate, then resumed: live with one certificate', async () => {
      await withZone(zone);
      const mark = nameplate.aws.calls.mark();
      await nameplate.begin(shop);
      await nameplate.waitsIn(shop, 'AwaitCertificate');
      const cancelled = await nameplate.act(shop, 'cancel');
      expect(await cancelled.json()).toMatchObject({
        state: 'held',
        waiting: [],
        reason: { step: 'AwaitCertificate', error: 'Cancelled' },
      });
      expect((await nameplate.act(shop, 'cancel')).status).toBe(202);
      const held = await nameplate.ended(shop);
      expect(held.state).toBe('held');
      await nameplate.act(shop, 'resume');
      expect((await nameplate.ended(shop)).state).toBe('live');
      const requests = nameplate.aws.calls.since(mark).filter(({ operation }) => operation === 'RequestCertificate');
      expect(requests).toHaveLength(1);
      expect((await nameplate.act(shop, 'cancel')).status).toBe(409);
    });

    test('cancelled with "then": "undo", nothing is left', async () => {
      await withZone(zone);
      const before = await picture(nameplate);
      await nameplate.begin(shop);
      await nameplate.waitsIn(shop, 'AwaitCertificate');
      expect((await nameplate.act(shop, 'cancel', '{"then": "undo"}')).status).toBe(202);
      expect((await nameplate.ended(shop)).state).toBe('undone');
      expect(await picture(nameplate)).toEqual(before);
    });

    test('A14: a validation record that a foreign certificate is renewed by stays', async () => {
      await withZone(zone);
      await nameplate.onboard(shop);
      const theirs = { DomainName: `*.${shop}`, ValidationMethod: 'DNS' };
      await nameplate.ask('acm', 'RequestCertificate', theirs);
      await nameplate.aws.clock.advance(60_000);
      await nameplate.undo(shop);
      const undone = await nameplate.ended(shop);
      expect(undone).toMatchObject({
        state: 'undone',
        left: [{ type: 'record', why: expect.stringContaining('a certificate of the account that stays') }],
      });
      const kept = (await nameplate.records(zone)).filter(({ Type }) => Type === 'CNAME');
      expect(kept).toHaveLength(1);
    });

    test('R8: a record that somebody has pointed elsewhere stays, and so does what one leads to once that is approved', async () => {
      const zoneId = await withZone(zone);
      await nameplate.onboard(shop, { aliases: [www] });
      const records = await nameplate.records(zone);
      const alias = records.find(({ Name, Type }) => Name === `${www}.` && Type === 'A');
      const theirs = { ...alias, AliasTarget: { ...alias?.AliasTarget, EvaluateTargetHealth: true } };
      await change(zoneId, [
        { Action: 'DELETE', ResourceRecordSet: alias },
        { Action: 'CREATE', ResourceRecordSet: theirs },
      ]);
      const refused = await nameplate.act(shop, 'undo');
      expect([refused.status, await refused.text()]).toEqual([409, expect.stringContaining(`${www} A alias to`)]);
      expect((await nameplate.viewer.https(shop)).status).toBe(200);
      const elsewhere = { Name: www, Type: 'A', TTL: 60, ResourceRecords: [{ Value: '203.0.113.200' }] };
      await change(zoneId, [
        { Action: 'DELETE', ResourceRecordSet: theirs },
        { Action: 'CREATE', ResourceRecordSet: elsewhere },
      ]);
      await nameplate.undo(shop);
      const undone = await nameplate.ended(shop);
      expect(undone).toMatchObject({ state: 'undone', left: [{ id: `${www} A` }] });
      expect(JSON.stringify(await nameplate.records(zone))).toContain('203.0.113.200');
    });

    test('C3: what others attached is named before the first record goes, and retained with what it needs once approved', async () => {
      await withZone(zone);
      await nameplate.onboard(shop);
      const { Listeners } = await listeners();
      const secure = Listeners.find(({ Port }) => Port === 443);
      const { Rules } = await nameplate.ask<{ Rules: { RuleArn: string }[] }>('elasticloadbalancing', 'CreateRule', {
        ListenerArn: secure?.ListenerArn,
        Priority: 1,
        Conditions: [{ Field: 'host-header', Values: [`blog.${zone}`] }],
        Actions: [{ Type: 'fixed-response', FixedResponseConfig: { StatusCode: '200', MessageBody: 'theirs' } }],
      });
      const { TargetGroups } = await nameplate.ask<{ TargetGroups: { TargetGroupArn: string }[] }>(
        'elasticloadbalancing',
        'DescribeTargetGroups',
        { LoadBalancerArn: await loadBalancerArn() },
      );
      const theirs = {
        TargetGroupArn: TargetGroups[0]?.TargetGroupArn,
        Targets: [{ Id: nameplate.world.instanceId, Port: 8080 }],
      };
      await nameplate.ask('elasticloadbalancing', 'RegisterTargets', theirs);
      const mark = nameplate.aws.calls.mark();
      const refused = await nameplate.act(shop, 'undo');
      const { approval, errors } = (await refused.json()) as {
        approval: { checksum: string; retained: { type: string }[] };
        errors: { detail: string }[];
      };
      expect(refused.status).toBe(409);
      expect(JSON.stringify(approval)).toContain(Rules[0]?.RuleArn);
      const listed = errors.flatMap(({ detail }) => /^Delete (\S+ \S+)/.exec(detail)?.[1] ?? []);
      const standing = await unmarked();
      const retained = ['listener', 'load balancer', 'target group', 'certificate', 'security group'];
      expect(approval.retained.map(({ type }) => type).toSorted()).toEqual(retained.toSorted());
      expect(madeSince(mark)).toEqual([]);
      expect(JSON.stringify(approval)).toContain(`others registered targets in it: ${nameplate.world.instanceId}:8080`);
      expect((await nameplate.viewer.https(shop)).status).toBe(200);
      await nameplate.act(shop, 'undo', JSON.stringify({ approve: approval.checksum }));
      const undone = await nameplate.ended(shop);
      expect(undone.state).toBe('undone');
      expect([...new Set(undone.left?.map(({ type }) => type))]).toEqual(expect.arrayContaining(retained));
      const stillThere = await unmarked();
      expect(standing.filter((record) => !stillThere.includes(record)).toSorted()).toEqual(listed.toSorted());
      expect((await listeners()).Listeners.map(({ Port }) => Port)).toEqual([443]);
      await nameplate.ask('elasticloadbalancing', 'DeleteRule', { RuleArn: Rules[0]?.RuleArn });
      expect((await nameplate.act(shop, 'undo')).status).toBe(409);
      await nameplate.ask('elasticloadbalancing', 'DeregisterTargets', theirs);
      await nameplate.undo(shop);
      const clean = await nameplate.ended(shop);
      expect([clean.state, clean.left]).toEqual(['undone', undefined]);
    });

    test('C3: a first onboarding that failed is held with what others attached meanwhile, and nothing of it is removed', async () => {
      await withZone(zone);
      await nameplate.begin(shop);
      await nameplate.waitsIn(shop, 'AwaitLoadBalancer');
      const LoadBalancerArn = await loadBalancerArn();
      await nameplate.ask('elasticloadbalancing', 'ModifyLoadBalancerAttributes', {
        LoadBalancerArn,
        Attributes: [{ Key: 'deletion_protection.enabled', Value: 'true' }],
      });
      const mark = nameplate.aws.calls.mark();
      await nameplate.act(shop, 'cancel', '{"then": "undo"}');
      expect(await nameplate.ended(shop)).toMatchObject({
        state: 'held',
        reason: {
          step: 'CheckRemoval',
          error: 'Conflict',
          message: expect.stringContaining(`${LoadBalancerArn}: its deletion`),
        },
      });
      expect(madeSince(mark)).toEqual([]);
      await nameplate.ask('elasticloadbalancing', 'ModifyLoadBalancerAttributes', {
        LoadBalancerArn,
        Attributes: [{ Key: 'deletion_protection.enabled', Value: 'false' }],
      });
      await nameplate.act(shop, 'resume');
      const undone = await nameplate.ended(shop);
      expect([undone.state, undone.left]).toEqual(['undone', undefined]);
    });

    test('R31: a name that a wildcard answered for is never silent, and has the wildcard back', async () => {
      const zoneId = await withZone(zone);
      const wildcard = { Name: `*.${zone}`, Type: 'A', TTL: 60, ResourceRecords: [{ Value: '203.0.113.99' }] };
      await change(zoneId, [{ Action: 'CREATE', ResourceRecordSet: wildcard }]);
      const before = await picture(nameplate);
      expect((await nameplate.onboard(shop)).state).toBe('live');
      const mark = nameplate.aws.calls.mark();
      await nameplate.undo(shop);
      expect((await nameplate.ended(shop)).state).toBe('undone');
      expect(madeSince(mark).filter((call) => call === 'route53:ChangeResourceRecordSets')).toHaveLength(2);
      expect(await nameplate.viewer.addresses(shop)).toEqual(['203.0.113.99']);
      expect(await picture(nameplate)).toEqual(before);
    });

    /** A hosted zone of somebody else, delegated to, as most people have one. Gives its id. */
    async function withZone(name: string): Promise<string> {
      const { HostedZone, DelegationSet } = await nameplate.ask<{
        HostedZone: { Id: string };
        DelegationSet: { NameServers: string[] };
      }>('route53', 'CreateHostedZone', { Name: name, CallerReference: name });
      nameplate.aws.registrar.delegate(name, DelegationSet.NameServers);
      await nameplate.aws.clock.advance(120_000);
      return HostedZone.Id;
    }

    async function foreignNeighbours(): Promise<void> {
      await nameplate.ask('acm', 'RequestCertificate', { DomainName: `blog.${zone}`, ValidationMethod: 'DNS' });
      await nameplate.ask('ec2', 'AllocateAddress', { Domain: 'vpc' });
      const { subnetIds } = nameplate.world;
      await nameplate.ask('elasticloadbalancing', 'CreateLoadBalancer', { Name: 'theirs', Subnets: subnetIds });
      await nameplate.aws.clock.advance(10 * 60_000);
    }

    /** A site without a load balancer on an instance of its own: the world's may have an address already. */
    async function onOwnInstance(): Promise<object> {
      return { edge: 'direct', origin: { instance: { id: await anotherInstance(nameplate) } } };
    }

    /** The ARN of the site's load balancer. */
    async function loadBalancerArn(): Promise<string> {
      const { LoadBalancers } = await nameplate.ask<{ LoadBalancers: { LoadBalancerArn: string }[] }>(
        'elasticloadbalancing',
        'DescribeLoadBalancers',
        { Names: [resourceName(shop)] },
      );
      return LoadBalancers[0]?.LoadBalancerArn ?? '';
    }

    /** Those of the site's load balancer. */
    async function listeners(): Promise<{ Listeners: { ListenerArn: string; Port: number }[] }> {
      return nameplate.ask('elasticloadbalancing', 'DescribeListeners', { LoadBalancerArn: await loadBalancerArn() });
    }

    /** The record sets of the zone but for owner markers, which no list names: they are deleted with what they mark. */
    async function unmarked(): Promise<string[]> {
      const sets = (await nameplate.records(zone)).filter(({ Type }) => Type !== 'TXT');
      return sets.map(({ Name, Type }) => `${Name?.replace(/\.$/, '')} ${Type}`);
    }

    async function change(HostedZoneId: string, Changes: object[]): Promise<void> {
      await nameplate.ask('route53', 'ChangeResourceRecordSets', { HostedZoneId, ChangeBatch: { Changes } });
      await nameplate.aws.clock.advance(120_000);
    }

    function firstAt(mark: number, operation: string): number {
      return Number(nameplate.aws.calls.since(mark).find((call) => call.operation === operation)?.at);
    }

    /** The calls that changed something in AWS, bookkeeping aside. */
    function madeSince(mark: number): string[] {
      return nameplate
        .mutatingCalls(mark)
        .filter((call) => !/^(dynamodb|states|logs|events|sns|lambda|xray):/.test(call));
    }
  });
}
