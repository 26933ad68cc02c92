import { beforeEach, describe, expect, test } from '@jest/globals';
import { resourceName } from '../../../domain/ownership.ts';
import { certificateArns } from '../../support/certificate-arns.ts';
import { deployedFunctions } from '../../support/deployed-functions.ts';
import type { Nameplate } from '../../support/nameplate.ts';
import type { SharedBoot } from '../../support/shared-boot.ts';
import { withoutPermission } from '../../support/without-permission.ts';

export function trouble(boot: SharedBoot): void {
  describe('when something is in the way', () => {
    let nameplate: Nameplate;
    let shop: string;
    beforeEach(() => {
      nameplate = boot.nameplate;
      shop = boot.names().shop;
    });

    test('L13: an unhealthy instance fails the site with the reason, and no traffic moves', async () => {
      nameplate.aws.ec2.web(nameplate.world.instanceId).fail(500);
      const site = await nameplate.onboard(shop, { onFailure: 'hold' });
      expect(site.state).toBe('held');
      expect(site.reason).toMatchObject({ step: 'AwaitLoadBalancer', message: expect.stringContaining('500') });
      expect((await nameplate.records(shop)).map(({ Type }) => Type)).not.toContain('A');
    });

    test('C2: a web server that sees no https behind the load balancer stops the site before traffic moves', async () => {
      const web = nameplate.aws.ec2.web(nameplate.world.instanceId);
      web.insist({ https: 'always' });
      const site = await nameplate.onboard(shop, { onFailure: 'hold' });
      expect(site.reason).toMatchObject({ step: 'Preflight', message: expect.stringContaining('X-Forwarded-Proto') });
      expect((await nameplate.records(shop)).map(({ Type }) => Type)).not.toContain('A');
      web.insist({ https: 'forwarded' });
      expect((await nameplate.act(shop, 'resume')).status).toBe(202);
      expect((await nameplate.ended(shop)).state).toBe('live');
    });

    test('C2: a web server that answers its name and not its address is told apart', async () => {
      nameplate.aws.ec2.web(nameplate.world.instanceId).insist({ hosts: [shop] });
      const site = await nameplate.onboard(shop, { onFailure: 'hold' });
      expect(site.reason).toMatchObject({
        step: 'AwaitLoadBalancer',
        message: expect.stringContaining(`answers "/" with 200 under "${shop}", and not under its own address`),
      });
    });

    test('C5: what another tool removes while the load balancer is awaited is restored', async () => {
      await nameplate.begin(shop, { onFailure: 'hold' });
      await nameplate.waitsIn(shop, 'AwaitLoadBalancer');
      await removeEdge(nameplate, shop);
      expect((await nameplate.ended(shop)).state).toBe('live');
      expect(JSON.stringify((await nameplate.show(shop)).timeline)).toContain('The listener on port 80 is missing');
    });

    test.each([
      ['LoadBalancer', 'elasticloadbalancing', 'CreateLoadBalancer'],
      ['Record', 'route53', 'ChangeResourceRecordSets'],
      ['Certificate', 'acm', 'RequestCertificate'],
    ])(
      'W7: a worker killed in %s between effect and outcome is followed by another, and nothing is made twice',
      async (state, service, operation) => {
        const before = {
          certificates: await certificateArns(nameplate),
          loadBalancers: await loadBalancerNames(nameplate),
        };
        const killed = killAfterEffect(nameplate, { state, service, operation });
        const site = await nameplate.onboard(shop);
        expect(await killed).toBe(1);
        expect(site.state).toBe('live');
        const [certificates, loadBalancers] = [await certificateArns(nameplate), await loadBalancerNames(nameplate)];
        expect(loadBalancers).toEqual([...before.loadBalancers, resourceName(shop)]);
        expect(certificates).toHaveLength(before.certificates.length + 1);
        expect(certificates).toEqual(expect.arrayContaining(before.certificates));
        expect(JSON.stringify(await nameplate.records(shop))).toContain('generation=1');
      },
    );

    test('R6: a foreign record is named and left as it is', async () => {
      const { zone, shop } = boot.namesInZone();
      const { HostedZone } = await nameplate.ask<{ HostedZone: { Id: string } }>('route53', 'CreateHostedZone', {
        Name: zone,
        CallerReference: zone,
      });
      await nameplate.aws.clock.advance(120_000);
      const theirs = { Name: shop, Type: 'A', TTL: 300, ResourceRecords: [{ Value: '203.0.113.200' }] };
      await nameplate.ask('route53', 'ChangeResourceRecordSets', {
        HostedZoneId: HostedZone.Id,
        ChangeBatch: { Changes: [{ Action: 'CREATE', ResourceRecordSet: theirs }] },
      });
      await nameplate.aws.clock.advance(60_000);
      const before = await nameplate.records(zone);
      const refused = await nameplate.post(nameplate.document(shop));
      expect(refused.status).toBe(409);
      expect(await refused.json()).toMatchObject({
        type: 'urn:nameplate:problem:in-the-way',
        errors: [{ detail: expect.stringContaining('203.0.113.200') }],
      });
      expect(await nameplate.records(zone)).toEqual(before);
    });

    test('A5: C9: a CAA record that shuts Amazon out keeps a request from beginning, and is named with its fix', async () => {
      nameplate.aws.registrar.setRecords('example.test', {
        type: 'CAA',
        ttlSeconds: 300,
        data: [{ flags: 0, tag: 'issue', value: 'letsencrypt.org' }],
      });
      const mark = nameplate.aws.calls.mark();
      const refused = await nameplate.post(nameplate.document(shop));
      expect(refused.status).toBe(409);
      expect(await refused.json()).toMatchObject({
        type: 'urn:nameplate:problem:to-be-mended',
        errors: [{ pointer: '#/domain', detail: expect.stringContaining('Add the record example.test CAA 0 issue') }],
      });
      expect(nameplate.mutatingCalls(mark).filter((call) => !call.startsWith('dynamodb:'))).toEqual([]);
      nameplate.aws.registrar.removeRecords('example.test', 'CAA');
      expect((await nameplate.onboard(shop)).state).toBe('live');
    });

    test('W11: lost answers of the ledger let nobody else have the name', async () => {
      // The first two writes claim the names, the third is the site.
      nameplate.aws.faults.add({ service: 'dynamodb', operation: 'PutItem', kind: 'reset-after', at: 3 });
      const [www, direct] = [`www.${shop}`, { edge: 'direct' }];
      expect((await nameplate.post(nameplate.document(shop, { ...direct, aliases: [www] }))).status).toBe(202);
      expect((await nameplate.post(nameplate.document(www, direct))).status).toBe(409);
      expect((await nameplate.ended(shop)).state).toBe('live');
    });

    test('a held site can be declared again, and goes on from what stands', async () => {
      const mark = nameplate.aws.calls.mark();
      const web = nameplate.aws.ec2.web(nameplate.world.instanceId);
      web.fail(503);
      expect((await nameplate.onboard(shop, { onFailure: 'hold' })).state).toBe('held');
      web.fail(undefined);
      const site = await nameplate.onboard(shop);
      expect([site.state, site.revision]).toEqual(['live', 2]);
      const certificates = nameplate.aws.calls
        .since(mark)
        .filter(({ operation }) => operation === 'RequestCertificate');
      expect(certificates).toHaveLength(1);
    });

    test('a permission that is missing is denied and named', async () => {
      const action = 'acm:RequestCertificate';
      const site = await withoutPermission(nameplate, action, () => nameplate.onboard(shop));
      expect(site.state).toBe('undone');
      expect(site.reason).toMatchObject({
        step: 'RequestCertificate',
        error: 'Refused',
        message: expect.stringContaining(action),
      });
    });
  });
}

/** The names of all load balancers in the account. */
async function loadBalancerNames({ ask }: Nameplate): Promise<string[]> {
  const { LoadBalancers = [] } = await ask<{ LoadBalancers?: { LoadBalancerName: string }[] }>(
    'elasticloadbalancing',
    'DescribeLoadBalancers',
  );
  return LoadBalancers.map(({ LoadBalancerName }) => LoadBalancerName);
}

/** Deletes the listener on port 80, and closes the load balancer's security group. */
async function removeEdge({ ask }: Nameplate, domain: string): Promise<void> {
  const { LoadBalancers: [loadBalancer] = [] } = await ask<{
    LoadBalancers?: { LoadBalancerArn: string; SecurityGroups: string[] }[];
  }>('elasticloadbalancing', 'DescribeLoadBalancers', { Names: [resourceName(domain)] });
  const { LoadBalancerArn, SecurityGroups: [GroupId] = [] } = loadBalancer ?? {};
  const { Listeners = [] } = await ask<{ Listeners?: { ListenerArn: string; Port: number }[] }>(
    'elasticloadbalancing',
    'DescribeListeners',
    { LoadBalancerArn },
  );
  const { ListenerArn } = Listeners.find(({ Port }) => Port === 80) ?? {};
  await ask('elasticloadbalancing', 'DeleteListener', { ListenerArn });
  const { SecurityGroups: [group] = [] } = await ask<{ SecurityGroups?: { IpPermissions: object[] }[] }>(
    'ec2',
    'DescribeSecurityGroups',
    { GroupIds: [GroupId] },
  );
  await ask('ec2', 'RevokeSecurityGroupIngress', { GroupId, IpPermissions: group?.IpPermissions });
}

/** Kills the state's worker as soon as its operation has taken effect. Says how many invocations that ended. */
async function killAfterEffect(
  nameplate: Nameplate,
  { state, service, operation }: { state: string; service: string; operation: string },
): Promise<number> {
  const { aws } = nameplate;
  const mark = aws.calls.mark();
  const FunctionName = (await deployedFunctions(nameplate)).find((each) => each.includes(`-${state}`));
  if (FunctionName === undefined) throw new Error(`Cannot kill the worker of "${state}": no function has that name`);
  const by = ({ principal, ...call }: { principal: string; service: string; operation: string }): boolean =>
    call.service === service && call.operation === operation && principal.includes(`-${state}Role`);
  while (!aws.calls.since(mark).some(by)) await new Promise((turn) => setImmediate(turn));
  return aws.lambda.kill(FunctionName);
}
