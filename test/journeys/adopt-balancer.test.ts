import type { DescribeCertificateResponse, RequestCertificateResponse } from '@aws-sdk/client-acm';
import type {
  CreateListenerOutput,
  CreateLoadBalancerOutput,
  CreateTargetGroupOutput,
  DescribeListenerCertificatesOutput,
  DescribeListenersOutput,
  DescribeRulesOutput,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import type { ResourceRecordSet } from '@aws-sdk/client-route-53';
import { afterEach, describe, expect, test } from '@jest/globals';
import { targetGroupName } from '../../domain/load-balancers/target-group.ts';
import { resourceName } from '../../domain/ownership.ts';
import { takeInventory } from '../support/inventory.ts';
import { Nameplate } from '../support/nameplate.ts';
import { aSite } from '../support/site.ts';

const ZONE = 'example.test';
const SHOP = 'shop.example.test';
const WWW = 'www.shop.example.test';
const NEW = 'new.shop.example.test';
const BLOG = 'blog.example.test';

describe('a change of a site on a load balancer that was adopted', () => {
  let nameplate: Nameplate;
  afterEach(() => nameplate.close());

  test('L5: goes on beside what others have there; after an undo in the middle of the next one all is as it was', async () => {
    nameplate = await Nameplate.boot();
    const { listenerArn, certificateArn } = await withBalancer();
    const before = await pictureOf(listenerArn);
    expect((await nameplate.onboard(SHOP, { adopt: true })).state).toBe('live');

    await nameplate.change(SHOP, { aliases: [WWW], adopt: true });
    const changed = await nameplate.ended(SHOP);
    expect(changed).toMatchObject({ state: 'live', revision: 2 });
    expect(changed).not.toHaveProperty('left');
    for (const name of [SHOP, WWW]) expect((await nameplate.viewer.https(name)).status).toBe(200);
    const { rules, certificates } = await around(listenerArn);
    expect(rules).toEqual(before.rules);
    // The certificate of theirs for these names is given back; the one for others is served all along, and ours by SNI as well.
    const theirs = before.certificates.filter((arn) => arn !== certificateArn);
    expect(certificates).toEqual([...theirs, await defaultCertificate(listenerArn)].sort());

    const document = nameplate.document(SHOP, { aliases: [WWW, NEW], adopt: true });
    expect((await nameplate.put(SHOP, document)).status).toBe(202);
    await nameplate.waitsIn(SHOP, 'AwaitSync');
    expect((await nameplate.act(SHOP, 'cancel')).status).toBe(202);
    expect((await nameplate.ended(SHOP)).state).toBe('held');
    const to = { to: 'nothing' };
    const asked = await nameplate.act(SHOP, 'undo', JSON.stringify(to));
    const { approval } = (await asked.json()) as { approval: { checksum: string } };
    const approved = { ...to, approve: approval.checksum };
    expect((await nameplate.act(SHOP, 'undo', JSON.stringify(approved))).status).toBe(202);
    const undone = await nameplate.ended(SHOP);
    expect(undone.state).toBe('undone');
    expect(undone.left).toBeUndefined();
    // The target group lets the instance drain for five minutes.
    await nameplate.aws.clock.advance(10 * 60_000);
    expect(await pictureOf(listenerArn)).toEqual(before);
  });

  /**
   * A load balancer of our name that bears nobody's tags, in a zone of theirs: it serves the shop's names under a certificate
   * of its own, the blog's under another, and sends one path elsewhere.
   */
  async function withBalancer(): Promise<{ listenerArn: string; certificateArn: string }> {
    const zoneId = await withZone();
    const certificateArn = await issued(SHOP, zoneId);
    const further = await issued(BLOG, zoneId);
    const { vpcId: VpcId, subnetIds: Subnets } = nameplate.world;
    const Name = resourceName(SHOP);
    const { GroupId } = await nameplate.ask<{ GroupId: string }>('ec2', 'CreateSecurityGroup', {
      GroupName: Name,
      Description: 'theirs',
      VpcId,
    });
    const group = {
      Name: targetGroupName(aSite()),
      Protocol: 'HTTP',
      Port: 80,
      VpcId,
      TargetType: 'instance',
    };
    const { TargetGroups: [target] = [] } = await elb<CreateTargetGroupOutput>('CreateTargetGroup', group);
    const { LoadBalancers: [balancer] = [] } = await elb<CreateLoadBalancerOutput>('CreateLoadBalancer', {
      Name,
      Subnets,
      SecurityGroups: [GroupId],
    });
    const { LoadBalancerArn } = balancer ?? {};
    const forward = [{ Type: 'forward', TargetGroupArn: target?.TargetGroupArn }];
    const gone = [{ Type: 'fixed-response', FixedResponseConfig: { StatusCode: '410' } }];
    await elb('CreateListener', { LoadBalancerArn, Port: 80, Protocol: 'HTTP', DefaultActions: forward });
    const secure = { Port: 443, Protocol: 'HTTPS', Certificates: [{ CertificateArn: certificateArn }] };
    const { Listeners: [listener] = [] } = await elb<CreateListenerOutput>('CreateListener', {
      LoadBalancerArn,
      ...secure,
      DefaultActions: forward,
    });
    const ListenerArn = listener?.ListenerArn ?? '';
    await elb('AddListenerCertificates', { ListenerArn, Certificates: [{ CertificateArn: further }] });
    const Conditions = [{ Field: 'path-pattern', Values: ['/legacy'] }];
    await elb('CreateRule', { ListenerArn, Priority: 10, Conditions, Actions: gone });
    await nameplate.aws.clock.advance(10 * 60_000);
    return { listenerArn: ListenerArn, certificateArn };
  }

  async function withZone(): Promise<string> {
    const { HostedZone, DelegationSet } = await nameplate.ask<{
      HostedZone: { Id: string };
      DelegationSet: { NameServers: string[] };
    }>('route53', 'CreateHostedZone', { Name: ZONE, CallerReference: 'theirs' });
    nameplate.aws.registrar.delegate(ZONE, DelegationSet.NameServers);
    return HostedZone.Id;
  }

  /** A certificate of theirs, validated by a record of theirs. */
  async function issued(DomainName: string, HostedZoneId: string): Promise<string> {
    const request = { DomainName, ValidationMethod: 'DNS' };
    const { CertificateArn = '' } = await nameplate.ask<RequestCertificateResponse>(
      'acm',
      'RequestCertificate',
      request,
    );
    await nameplate.aws.clock.advance(60_000);
    const { Certificate } = await nameplate.ask<DescribeCertificateResponse>('acm', 'DescribeCertificate', {
      CertificateArn,
    });
    const { Name, Value } = Certificate?.DomainValidationOptions?.[0]?.ResourceRecord ?? {};
    const ResourceRecordSet: ResourceRecordSet = { Name, Type: 'CNAME', TTL: 300, ResourceRecords: [{ Value }] };
    const ChangeBatch = { Changes: [{ Action: 'CREATE', ResourceRecordSet }] };
    await nameplate.ask('route53', 'ChangeResourceRecordSets', { HostedZoneId, ChangeBatch });
    await nameplate.aws.clock.advance(10 * 60_000);
    return CertificateArn;
  }

  function elb<Output>(operation: string, input: object): Promise<Output> {
    return nameplate.ask<Output>('elasticloadbalancing', operation, input);
  }

  /** What belongs to a listener besides its settings. */
  async function around(ListenerArn: string) {
    const { Rules = [] } = await elb<DescribeRulesOutput>('DescribeRules', { ListenerArn });
    const listed = await elb<DescribeListenerCertificatesOutput>('DescribeListenerCertificates', { ListenerArn });
    const certificates = (listed.Certificates ?? []).filter(({ IsDefault }) => !IsDefault);
    return {
      rules: Rules.filter(({ IsDefault }) => !IsDefault),
      certificates: certificates.map(({ CertificateArn }) => CertificateArn).sort(),
    };
  }

  async function defaultCertificate(listenerArn: string): Promise<string | undefined> {
    const { Listeners = [] } = await elb<DescribeListenersOutput>('DescribeListeners', { ListenerArns: [listenerArn] });
    return Listeners[0]?.Certificates?.[0]?.CertificateArn;
  }

  async function pictureOf(listenerArn: string) {
    return { things: await takeInventory(nameplate), ...(await around(listenerArn)) };
  }
});
