import type { DescribeInstancesResult, DescribeVolumesResult } from '@aws-sdk/client-ec2';
import { describe, expect, test } from '@jest/globals';
import { aZone } from '../../support/a-zone.ts';
import { picture } from '../../support/picture.ts';
import type { SharedBoot } from '../../support/shared-boot.ts';
import { traces } from '../../support/traces.ts';

export function newInstance(boot: SharedBoot): void {
  describe('an instance that is created for a site', () => {
    const created = (changes: object = {}) => ({
      newInstance: { type: 't4g.micro', subnet: boot.nameplate.world.subnetIds[0], ...changes },
    });

    async function instancesOf(shop: string) {
      const { Reservations = [] } = await boot.nameplate.ask<DescribeInstancesResult>('ec2', 'DescribeInstances', {
        Filters: [{ Name: 'tag:nameplate:site', Values: [shop] }],
      });
      return Reservations.flatMap(({ Instances = [] }) => Instances);
    }

    test('an instance from nothing serves over HTTPS behind a load balancer, and DELETE leaves nothing of it', async () => {
      const { nameplate } = boot;
      const { zone, shop } = boot.namesInZone();
      await aZone(nameplate, zone);
      const before = await picture(nameplate);
      expect((await nameplate.onboard(shop, { origin: created({ diskGiB: 20, tags: { team: 'web' } }) })).state).toBe(
        'live',
      );
      const { status, body } = await nameplate.viewer.https(shop);
      expect([status, body]).toEqual([200, expect.stringContaining(`<h1>${shop}</h1>`)]);
      const [instance, ...others] = await instancesOf(shop);
      expect(others).toEqual([]);
      expect(instance).toMatchObject({
        InstanceType: 't4g.micro',
        Architecture: 'arm64',
        MetadataOptions: { HttpTokens: 'required', HttpPutResponseHopLimit: 1 },
      });
      expect(await nameplate.ask('ssm', 'GetConnectionStatus', { Target: instance?.InstanceId })).toMatchObject({
        Status: 'connected',
      });
      const { Volumes } = await nameplate.ask<DescribeVolumesResult>('ec2', 'DescribeVolumes', {
        Filters: [{ Name: 'attachment.instance-id', Values: [instance?.InstanceId] }],
      });
      const team = { Key: 'team', Value: 'web' };
      expect(Volumes).toMatchObject([
        { Size: 20, Encrypted: true, VolumeType: 'gp3', Tags: expect.arrayContaining([team]) },
      ]);

      const plan = await nameplate.planDelete(shop);
      expect(plan.changes.map(({ message }) => message)).toContain(
        `Terminate the instance "${instance?.InstanceId}", t4g.micro, with its disk ${Volumes?.[0]?.VolumeId}: what is on it is lost`,
      );
      await nameplate.delete(shop);
      const undone = await nameplate.ended(shop);
      expect([undone.state, undone.left]).toEqual(['undone', undefined]);
      // A terminated instance is described for an hour.
      await nameplate.aws.clock.advance(2 * 3_600_000);
      expect(await picture(nameplate)).toEqual(before);
      expect(await traces(nameplate, [shop])).toEqual([]);
    });

    test('an instance from nothing serves behind CloudFront, is stopped and started again, and DELETE leaves nothing of it', async () => {
      const { nameplate } = boot;
      const { zone, shop } = boot.namesInZone();
      await aZone(nameplate, zone);
      const before = await picture(nameplate);
      const document = { edge: 'cdn', origin: created() };
      const { changes } = await nameplate.plan(nameplate.document(shop, document));
      expect(changes.map(({ verb, resource }) => `${verb} ${resource.type}`)).toEqual(
        expect.arrayContaining(['create instance', 'create load balancer', 'create distribution']),
      );
      const live = await nameplate.onboard(shop, document);
      expect([live.state, live.reason]).toEqual(['live', undefined]);
      const page = { status: 200, body: expect.stringContaining(`<h1>${shop}</h1>`) };
      const proven = await nameplate.viewer.https(shop);
      expect(proven).toMatchObject(page);
      expect(proven.headers['via']).toContain('CloudFront');

      expect((await server(shop, 'stop')).status).toBe(202);
      await nameplate.aws.clock.advance(60_000);
      expect((await nameplate.viewer.https(shop)).status).toBe(503);
      expect((await server(shop, 'start')).status).toBe(202);
      await nameplate.aws.clock.advance(120_000);
      expect(await nameplate.viewer.https(shop)).toMatchObject(page);

      const plan = await nameplate.planDelete(shop);
      const removed = plan.changes.map(({ resource }) => resource.type);
      expect(removed.indexOf('distribution')).toBeLessThan(removed.indexOf('load balancer'));
      expect(removed.indexOf('load balancer')).toBeLessThan(removed.indexOf('instance'));
      await nameplate.delete(shop);
      const undone = await nameplate.ended(shop);
      expect([undone.state, undone.left]).toEqual(['undone', undefined]);
      await nameplate.aws.clock.advance(2 * 3_600_000);
      expect(await picture(nameplate)).toEqual(before);
      expect(await traces(nameplate, [shop, `origin.${shop}`])).toEqual([]);
    });

    test('a server is stopped, started and kept while the site moves on, and removed when nothing of the site uses it', async () => {
      const { nameplate } = boot;
      const { zone, shop } = boot.namesInZone();
      await aZone(nameplate, zone);
      expect((await nameplate.onboard(shop, { origin: created({ elasticIp: true }) })).state).toBe('live');
      const [first] = await instancesOf(shop);
      const address = first?.PublicIpAddress;
      expect((await server(shop, 'remove')).status).toBe(409);
      expect((await server(shop, 'stop')).status).toBe(202);
      await nameplate.aws.clock.advance(60_000);
      expect((await nameplate.viewer.https(shop)).status).toBe(503);
      expect((await server(shop, 'stop')).status).toBe(202);
      expect((await server(shop, 'start')).status).toBe(202);
      await nameplate.aws.clock.advance(120_000);
      expect((await nameplate.viewer.https(shop)).status).toBe(200);
      expect((await instancesOf(shop))[0]?.PublicIpAddress).toBe(address);

      const larger = await nameplate.put(
        shop,
        nameplate.document(shop, { origin: created({ elasticIp: true, type: 't4g.large' }) }),
      );
      expect([larger.status, await larger.text()]).toEqual([
        422,
        expect.stringContaining('that takes another instance'),
      ]);

      const grown = { origin: created({ elasticIp: true, diskGiB: 20 }) };
      const [VolumeId] = (first?.BlockDeviceMappings ?? []).flatMap(({ Ebs }) => Ebs?.VolumeId ?? []);
      const command = `aws ec2 modify-volume --volume-id ${VolumeId} --size 20`;
      const unasked = await nameplate.put(shop, nameplate.document(shop, grown));
      expect([unasked.status, await unasked.text()]).toEqual([422, expect.stringContaining(command)]);
      await nameplate.ask('ec2', 'ModifyVolume', { VolumeId, Size: 20 });
      await nameplate.aws.clock.advance(10_000);
      const { changes } = await nameplate.plan(nameplate.document(shop, grown));
      expect(changes.filter(({ verb }) => verb !== 'keep')).toEqual([]);
      await nameplate.change(shop, grown);
      expect((await nameplate.ended(shop)).state).toBe('live');
      const smaller = { origin: created({ elasticIp: true, diskGiB: 8 }) };
      const shrunk = await nameplate.put(shop, nameplate.document(shop, smaller));
      expect([shrunk.status, await shrunk.text()]).toEqual([422, expect.stringContaining('declare 20')]);

      const { instanceId } = nameplate.world;
      const other = { origin: { instance: { id: instanceId } } };
      const refusal = await nameplate.put(shop, nameplate.document(shop, other));
      const { approval } = (await refusal.json()) as { approval: { checksum: string } };
      expect(refusal.status).toBe(409);
      await nameplate.change(shop, other, { approve: approval.checksum });
      const moved = await nameplate.ended(shop);
      expect([moved.state, moved.left]).toEqual([
        'live',
        expect.arrayContaining([
          { type: 'instance', id: first?.InstanceId, why: expect.stringContaining('is removed') },
        ]),
      ]);
      expect((await server(shop, 'stop')).status).toBe(409);
      expect((await server(shop, 'remove')).status).toBe(202);
      await nameplate.aws.clock.advance(60_000);
      expect((await instancesOf(shop))[0]?.State?.Name).toBe('terminated');

      await nameplate.delete(shop);
      expect(await nameplate.ended(shop)).toMatchObject({ state: 'undone' });
      expect(await traces(nameplate, [shop])).toEqual([]);
    });

    test('an instance of the default VPC serves viewers itself, is found stopped by others, and stays where it is kept', async () => {
      const { nameplate } = boot;
      const { zone, shop } = boot.namesInZone();
      await aZone(nameplate, zone);
      const origin = { newInstance: { type: 't3.micro', sshFrom: ['198.51.100.0/24'], server: 'nginx' } };
      const refused = await nameplate.post(nameplate.document(shop, { edge: 'direct', origin }));
      expect([refused.status, await refused.text()]).toEqual([422, expect.stringContaining('create-default-vpc')]);
      await nameplate.ask('ec2', 'CreateDefaultVpc', {});
      const plan = await nameplate.plan(nameplate.document(shop, { edge: 'direct', origin }));
      expect(plan.cost.lines.map(({ what }) => what)).toEqual([
        expect.stringContaining('stopped it costs 0.64 for its disk and 3.65 for its address a month'),
        expect.stringContaining('encrypted gp3 disk of 8 GiB'),
        'elastic address',
      ]);
      expect((await nameplate.onboard(shop, { edge: 'direct', origin })).state).toBe('live');
      expect(await nameplate.viewer.http(shop)).toMatchObject({
        status: 200,
        body: expect.stringContaining('Its pages are in /usr/share/nginx/html.'),
      });
      const [instance] = await instancesOf(shop);
      const about = { InstanceIds: [instance?.InstanceId] };

      await nameplate.ask('ec2', 'StopInstances', about);
      await nameplate.aws.clock.advance(60_000);
      const { resources } = await nameplate.check(shop);
      expect(resources.map(({ message }) => message)).toEqual([
        `The instance "${instance?.InstanceId}", which was created for the site, is stopped`,
      ]);
      expect((await server(shop, 'start')).status).toBe(202);
      await nameplate.aws.clock.advance(120_000);

      await nameplate.delete(shop, { keep: ['instance'] });
      const undone = await nameplate.ended(shop);
      expect([undone.state, undone.kept?.map(({ type }) => type).sort()]).toEqual([
        'undone',
        ['elastic address', 'instance', 'instance security group'],
      ]);
      expect(await instancesOf(shop)).toEqual([]);
      await nameplate.ask('ec2', 'TerminateInstances', about);
    });

    const server = (shop: string, action: 'stop' | 'start' | 'remove') =>
      fetch(`${boot.nameplate.aws.apiUrl}/v1/sites/${shop}/server`, {
        method: 'POST',
        body: JSON.stringify({ action }),
      });
  });
}
