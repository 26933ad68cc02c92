import type { CreateVpnGatewayResult, DescribeInstancesResult, DescribeRouteTablesResult } from '@aws-sdk/client-ec2';
import { afterEach, describe, expect, test } from '@jest/globals';
import { selfSigned } from '../../local/internet/self-signed.ts';
import { aZone } from '../../support/a-zone.ts';
import { anIssuedCertificate, materialOf } from '../../support/issued-certificate.ts';
import type { Nameplate } from '../../support/nameplate.ts';
import { picture } from '../../support/picture.ts';
import { aServerOfTheirs, type TheirServer } from '../../support/server-of-theirs.ts';
import type { SharedBoot } from '../../support/shared-boot.ts';

export function server(boot: SharedBoot): void {
  describe("a site's own server", () => {
    const servers: TheirServer[] = [];
    afterEach(() => {
      for (const server of servers.splice(0)) server.close();
    });

    test('a server of its own gets traffic once its certificate is good, and the account nothing but records', async () => {
      const { nameplate } = boot;
      const { zone, shop, www } = boot.namesInZone();
      const zoneId = await aZone(nameplate, zone);
      const issued = await anIssuedCertificate(nameplate, { zoneId, names: [shop, www] });
      const address = '198.51.100.44';
      const server = await aServerOfTheirs(nameplate, { address, port: 443, material: await selfSigned() });
      servers.push(server);
      const before = await picture(nameplate);
      const mark = nameplate.aws.calls.mark();
      await nameplate.begin(shop, { edge: 'direct', origin: { server: { address } }, aliases: [www] });
      await nameplate.aws.clock.until(async () => (await waitingFor(nameplate, shop)).includes('server-kit'));
      expect((await nameplate.records(zone)).some(({ Type }) => Type === 'A')).toBe(false);

      server.install(materialOf(nameplate, issued));
      expect((await nameplate.ended(shop)).state).toBe('live');
      for (const name of [shop, www]) {
        const { status, body } = await nameplate.viewer.https(name);
        expect([status, body]).toEqual([200, 'Served from elsewhere\n']);
      }
      const calls = nameplate
        .mutatingCalls(mark)
        .filter((call) => !/^(?:dynamodb|states|events|sns|logs|lambda):/.test(call));
      expect([...new Set(calls)]).toEqual(['route53:ChangeResourceRecordSets']);

      await nameplate.undo(shop);
      const undone = await nameplate.ended(shop);
      expect([undone.state, undone.left]).toEqual(['undone', undefined]);
      expect(await picture(nameplate)).toEqual(before);
    });

    test('a server that is known by its name is led to by CNAME, and never at the apex of a zone', async () => {
      const { nameplate } = boot;
      const { zone, shop } = boot.namesInZone();
      const zoneId = await aZone(nameplate, zone);
      const address = '198.51.100.45';
      const name = `vm.${zone}`;
      const ResourceRecordSet = { Name: name, Type: 'A', TTL: 60, ResourceRecords: [{ Value: address }] };
      await nameplate.ask('route53', 'ChangeResourceRecordSets', {
        HostedZoneId: zoneId,
        ChangeBatch: { Changes: [{ Action: 'CREATE', ResourceRecordSet }] },
      });
      servers.push(await aServerOfTheirs(nameplate, { address, port: 8080 }));
      await nameplate.aws.clock.advance(120_000);
      const origin = { server: { name, port: 8080 } };
      const apex = await nameplate.post({ domain: zone, edge: 'direct', origin });
      expect([apex.status, await apex.text()]).toEqual([409, expect.stringContaining('where DNS allows no CNAME')]);

      expect((await nameplate.onboard(shop, { edge: 'direct', origin })).state).toBe('live');
      const sets = await nameplate.records(zone);
      expect(sets.find(({ Name }) => Name === `${shop}.`)).toMatchObject({
        Type: 'CNAME',
        ResourceRecords: [{ Value: name }],
      });
      await nameplate.undo(shop);
      expect(await nameplate.ended(shop)).toMatchObject({ state: 'undone' });
    });

    test('a private server is put behind a load balancer, in its VPC and beyond it', async () => {
      const { nameplate } = boot;
      const { zone, shop } = boot.namesInZone();
      await aZone(nameplate, zone);
      const { vpcId, instanceId, subnetIds } = nameplate.world;
      const ec2 = <Output>(operation: string, input: object) => nameplate.ask<Output>('ec2', operation, input);
      const outside = '192.168.44.7';
      servers.push(await aServerOfTheirs(nameplate, { address: outside, port: 8080 }));
      const { VpnGateway } = await ec2<CreateVpnGatewayResult>('CreateVpnGateway', { Type: 'ipsec.1' });
      const { VpnGatewayId: GatewayId } = VpnGateway ?? {};
      await ec2('AttachVpnGateway', { VpnGatewayId: GatewayId, VpcId: vpcId });
      const { RouteTables = [] } = await ec2<DescribeRouteTablesResult>('DescribeRouteTables', {
        Filters: [{ Name: 'vpc-id', Values: [vpcId] }],
      });
      for (const { RouteTableId } of RouteTables)
        await ec2('CreateRoute', { RouteTableId, DestinationCidrBlock: '192.168.0.0/16', GatewayId });
      const before = await picture(nameplate);

      const { Reservations = [] } = await ec2<DescribeInstancesResult>('DescribeInstances', {
        InstanceIds: [instanceId],
      });
      const { PrivateIpAddress: address = '' } = Reservations[0]?.Instances?.[0] ?? {};
      const inside = { origin: { server: { address, port: 80 } } };
      const plan = await nameplate.plan(nameplate.document(shop, inside));
      expect(plan.findings.find(({ check }) => check === 'openToLoadBalancer')?.message).toMatch(
        new RegExp(`allow TCP 80 from the security group "np-.*declare the instance "${instanceId}"`),
      );
      await nameplate.begin(shop, inside);
      expect((await nameplate.ended(shop)).state).toBe('live');
      expect((await nameplate.viewer.https(shop)).body).toContain('The shop');

      await nameplate.change(shop, { origin: { server: { address: outside, port: 8080 } }, subnets: subnetIds });
      expect((await nameplate.ended(shop)).state).toBe('live');
      expect((await nameplate.viewer.https(shop)).body).toBe('Served from elsewhere\n');

      await nameplate.undo(shop);
      const undone = await nameplate.ended(shop);
      expect([undone.state, undone.left]).toEqual(['undone', undefined]);
      expect(await picture(nameplate)).toEqual(before);
    });
  });
}

/** All that a site waits for, in one line. */
async function waitingFor(nameplate: Nameplate, domain: string): Promise<string> {
  return (await nameplate.show(domain)).waiting.map((each) => each.for).join();
}
