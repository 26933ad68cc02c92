import { beforeEach, describe, expect, test } from '@jest/globals';
import { aZone } from '../../support/a-zone.ts';
import { anotherInstance } from '../../support/another-instance.ts';
import type { Nameplate } from '../../support/nameplate.ts';
import { picture } from '../../support/picture.ts';
import type { SharedBoot } from '../../support/shared-boot.ts';
import { traces } from '../../support/traces.ts';

export function deleting(boot: SharedBoot): void {
  describe('#14: deleting a site', () => {
    let nameplate: Nameplate;
    beforeEach(() => {
      nameplate = boot.nameplate;
    });

    test('half onboarded, in a zone of its own: the zone goes when it is asked to, and nothing else is left', async () => {
      const { shop, www } = boot.names();
      const before = await picture(nameplate);
      await nameplate.begin(shop, { aliases: [www] });
      await nameplate.waitsIn(shop, 'AwaitCertificate');
      expect((await nameplate.planDelete(shop)).findings.map(({ check }) => check)).toContain('operationRunning');
      expect((await nameplate.delete(shop)).status).toBe(409);
      await nameplate.act(shop, 'cancel');
      expect((await nameplate.delete(shop)).status).toBe(202);
      const left = await nameplate.ended(shop);
      expect([left.state, left.left]).toEqual([
        'undone',
        [{ type: 'hosted zone', id: expect.any(String), why: expect.stringContaining('"deleteZone": true') }],
      ]);

      const delegated = await nameplate.planDelete(shop, { deleteZone: true });
      expect(delegated.findings.map(({ check }) => check)).toEqual(['zoneStillDelegated']);
      nameplate.aws.registrar.undelegate(shop);
      const plan = await nameplate.planDelete(shop, { deleteZone: true });
      expect(plan.changes.map(({ verb, resource }) => `${verb} ${resource.type}`)).toEqual(['delete hosted zone']);
      await nameplate.delete(shop, { deleteZone: true });
      const gone = await nameplate.ended(shop);
      expect([gone.state, gone.left]).toEqual(['undone', undefined]);
      expect(gone.released?.map(({ type }) => type)).toEqual(
        expect.arrayContaining(['hosted zone', 'certificate', 'load balancer', 'security group']),
      );
      expect(await picture(nameplate)).toEqual(before);
      expect(await traces(nameplate, [shop, www])).toEqual([]);
      expect((await nameplate.delete(shop)).status).toBe(409);
    });

    test('live with failover and in maintenance: what its plan lists is what goes, in that order, and nothing of it answers', async () => {
      const { zone, shop, www } = boot.namesInZone();
      await aZone(nameplate, zone);
      const before = await picture(nameplate);
      expect((await nameplate.onboard(shop, { aliases: [www], failover: {} })).state).toBe('live');
      const at = new Date(nameplate.aws.clock.now().getTime() + 7 * 24 * 3_600_000).toISOString();
      expect((await maintenance(shop, { state: 'on', until: at })).status).toBe(202);
      await nameplate.ended(shop);
      await nameplate.aws.clock.advance(120_000);
      expect((await nameplate.viewer.https(shop)).status).toBe(503);

      const plan = await nameplate.planDelete(shop);
      const planned = plan.changes.map(({ verb, resource: { type } }) => `${verb} ${type}`);
      expect(planned.filter((each) => !each.startsWith('delete '))).toEqual([]);
      const order = [...new Set(plan.changes.map(({ resource: { type } }) => type))];
      const inOrder = ['record', 'health check', 'distribution', 'page', 'listener', 'load balancer', 'certificate'];
      expect(order.filter((type) => inOrder.includes(type))).toEqual(inOrder);
      await nameplate.delete(shop);
      const gone = await nameplate.ended(shop);
      expect([gone.state, gone.left, gone.reason]).toEqual(['undone', undefined, undefined]);
      const ids = (things: readonly { id?: string }[]) => things.flatMap(({ id }) => id ?? []).toSorted();
      const listed = ids(
        plan.changes.filter(({ resource }) => !resource.type.includes('rule')).map(({ resource }) => resource),
      );
      expect(ids(gone.released ?? [])).toEqual(expect.arrayContaining(listed));
      expect(await picture(nameplate)).toEqual(before);
      expect(await traces(nameplate, [shop, www])).toEqual([]);
      expect(await schedules()).toEqual([]);
    });

    test('behind CloudFront: the distribution is disabled, deployed and deleted, and viewers find nothing of it', async () => {
      const { zone, shop, www } = boot.namesInZone();
      await aZone(nameplate, zone);
      const before = await picture(nameplate);
      expect((await nameplate.onboard(shop, { edge: 'cdn', aliases: [www] })).state).toBe('live');
      const plan = await nameplate.planDelete(shop);
      expect(plan.waits.map((wait) => wait.for)).toEqual([
        'resolvers',
        'former distribution',
        'former load balancer',
        'former certificate',
      ]);
      await nameplate.delete(shop);
      const gone = await nameplate.ended(shop);
      expect([gone.state, gone.left, gone.reason]).toEqual(['undone', undefined, undefined]);
      expect(await picture(nameplate)).toEqual(before);
      expect(await traces(nameplate, [shop, www, `origin.${shop}`])).toEqual([]);
    });

    test('with its records kept: it serves on as it did, bears no mark of ours, and no later site claims any of it', async () => {
      const { shop, www } = boot.names();
      const site = await nameplate.onboard(shop, { aliases: [www], failover: {} });
      expect(site.state).toBe('live');
      const before = await unmarkedPicture(shop);
      const body = { keep: ['record'] };
      const plan = await nameplate.planDelete(shop, body);
      const verbs = plan.changes.map(({ verb, resource: { type, name } }) => `${verb} ${type} ${name}`);
      const markers = (verb: string) => verb.startsWith('delete record _nameplate.');
      expect(verbs.filter((verb) => !verb.startsWith('unmark ') && !markers(verb))).toEqual([]);
      expect([plan.approval, plan.findings]).toEqual([undefined, []]);
      await nameplate.delete(shop, body);
      const gone = await nameplate.ended(shop);
      expect([gone.state, gone.left, gone.released]).toEqual(['undone', undefined, undefined]);
      expect(new Set(gone.kept?.map(({ type }) => type))).toEqual(
        new Set([
          ...[
            'hosted zone',
            'record',
            'health check',
            'alarm',
            'distribution',
            'load balancer',
            'listener',
            'target group',
          ],
          ...['security group', 'security group rule', 'certificate', 'viewer certificate', 'page'],
        ]),
      );
      expect(await unmarkedPicture(shop)).toEqual(before);
      const left = (await traces(nameplate, [shop])).filter((trace) => !trace.startsWith(`${shop} `));
      expect(left.filter((trace) => !/^page |^record .* _[0-9a-f]{32}\./.test(trace))).toEqual([]);
      expect((await nameplate.viewer.https(shop)).status).toBe(200);

      const again = await nameplate.post(nameplate.document(shop, { aliases: [www], failover: {} }));
      expect([again.status, await again.text()]).toEqual([409, expect.stringContaining('it has no owner tags')]);
    });

    test('behind CloudFront with its records kept: both ends serve on, and none bears a mark of ours', async () => {
      const { shop } = boot.names();
      expect((await nameplate.onboard(shop, { edge: 'cdn' })).state).toBe('live');
      const before = await unmarkedPicture(shop);
      await nameplate.delete(shop, { keep: ['record'] });
      const gone = await nameplate.ended(shop);
      expect([gone.state, gone.left, gone.released]).toEqual(['undone', undefined, undefined]);
      expect(await unmarkedPicture(shop)).toEqual(before);
      expect((await nameplate.look()).filter(({ tags }) => tags['nameplate:site'] === shop)).toEqual([]);
      expect((await nameplate.viewer.https(shop)).status).toBe(200);
    });

    test('with its address kept: the record goes, and the address stays where it is', async () => {
      const { zone, shop } = boot.namesInZone();
      await aZone(nameplate, zone);
      const origin = { instance: { id: await anotherInstance(nameplate) } };
      await nameplate.onboard(shop, { edge: 'direct', origin });
      const addressed = async () =>
        (await nameplate.look())
          .filter(({ type }) => type === 'elastic address')
          .map(({ id, tags, state }) => [id, tags, (state as { InstanceId?: string }).InstanceId])
          .filter(([, , instanceId]) => instanceId === origin.instance.id);
      const [[id] = []] = await addressed();
      await nameplate.delete(shop, { keep: [id] });
      const gone = await nameplate.ended(shop);
      expect([gone.state, gone.left, gone.kept]).toEqual(['undone', undefined, [{ type: 'elastic address', id }]]);
      expect(await addressed()).toEqual([[id, {}, origin.instance.id]]);
      expect(await traces(nameplate, [shop])).toEqual([]);
      await nameplate.ask('ec2', 'ReleaseAddress', { AllocationId: id }).catch(() => undefined);
    });

    function maintenance(domain: string, body: object): Promise<Response> {
      const url = `${nameplate.aws.apiUrl}/v1/sites/${domain}/maintenance`;
      return fetch(url, { method: 'PUT', body: JSON.stringify(body) });
    }

    /** Everything in the account, without our tags and markers. */
    async function unmarkedPicture(domain: string): Promise<string[]> {
      const marker = new RegExp(`_nameplate\\.[^"]*${domain}`);
      const all = (await picture(nameplate)).filter((line) => !marker.test(line));
      return all
        .filter((line) => !line.includes('"list":"Tags"'))
        .map((line) => line.replace(/,?"Tags":\[[^\]]*\]/, ''));
    }

    async function schedules(): Promise<string[]> {
      const { Schedules = [] } = await nameplate.ask<{ Schedules?: { Name: string }[] }>('scheduler', 'ListSchedules');
      return Schedules.map(({ Name }) => Name);
    }
  });
}
