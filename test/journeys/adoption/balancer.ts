import type {
  CreateListenerOutput,
  CreateLoadBalancerOutput,
  CreateTargetGroupOutput,
  DescribeListenerCertificatesOutput,
  DescribeListenersOutput,
  DescribeRulesOutput,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { targetGroupName } from '../../../domain/load-balancers/target-group.ts';
import { resourceName } from '../../../domain/ownership.ts';
import { aZone } from '../../support/a-zone.ts';
import { takeInventory } from '../../support/inventory.ts';
import { anIssuedCertificate } from '../../support/issued-certificate.ts';
import type { Nameplate } from '../../support/nameplate.ts';
import type { SharedBoot } from '../../support/shared-boot.ts';
import { aSite } from '../../support/site.ts';

export function balancer(boot: SharedBoot): void {
  describe('a change of a site on a load balancer that was adopted', () => {
    let nameplate: Nameplate;
    let zone: string;
    let shop: string;
    let www: string;
    beforeEach(() => {
      nameplate = boot.nameplate;
      ({ zone, shop, www } = boot.namesInZone());
    });

    test('L5: goes on beside what others have there; after an undo in the middle of the next one all is as it was', async () => {
      const { listenerArn, certificateArn } = await withBalancer();
      const before = await pictureOf(listenerArn);
      expect((await nameplate.onboard(shop, { adopt: true })).state).toBe('live');

      await nameplate.change(shop, { aliases: [www], adopt: true });
      const changed = await nameplate.ended(shop);
      expect(changed).toMatchObject({ state: 'live', revision: 2 });
      expect(changed).not.toHaveProperty('left');
      for (const name of [shop, www]) expect((await nameplate.viewer.https(name)).status).toBe(200);
      const { rules, certificates } = await around(listenerArn);
      expect(rules).toEqual(before.rules);
      // The certificate of theirs for these names is given back; the one for others is served all along, and ours by SNI as well.
      const theirs = before.certificates.filter((arn) => arn !== certificateArn);
      expect(certificates).toEqual([...theirs, await defaultCertificate(listenerArn)].sort());

      const document = nameplate.document(shop, { aliases: [www, `new.${shop}`], adopt: true });
      expect((await nameplate.put(shop, document)).status).toBe(202);
      await nameplate.waitsIn(shop, 'AwaitSync');
      expect((await nameplate.act(shop, 'cancel')).status).toBe(202);
      expect((await nameplate.ended(shop)).state).toBe('held');
      const to = { to: 'nothing' };
      const asked = await nameplate.act(shop, 'undo', JSON.stringify(to));
      const { approval } = (await asked.json()) as { approval: { checksum: string } };
      const approved = { ...to, approve: approval.checksum };
      expect((await nameplate.act(shop, 'undo', JSON.stringify(approved))).status).toBe(202);
      const undone = await nameplate.ended(shop);
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
      const zoneId = await aZone(nameplate, zone);
      const certificateArn = await anIssuedCertificate(nameplate, { zoneId, names: [shop] });
      const further = await anIssuedCertificate(nameplate, { zoneId, names: [`blog.${zone}`] });
      const { vpcId: VpcId, subnetIds: Subnets } = nameplate.world;
      const Name = resourceName(shop);
      const { GroupId } = await nameplate.ask<{ GroupId: string }>('ec2', 'CreateSecurityGroup', {
        GroupName: Name,
        Description: 'theirs',
        VpcId,
      });
      const group = {
        Name: targetGroupName(aSite({ domain: shop })),
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
      const { Listeners = [] } = await elb<DescribeListenersOutput>('DescribeListeners', {
        ListenerArns: [listenerArn],
      });
      return Listeners[0]?.Certificates?.[0]?.CertificateArn;
    }

    async function pictureOf(listenerArn: string) {
      return { things: await takeInventory(nameplate), ...(await around(listenerArn)) };
    }
  });
}
