import type { GetDistributionConfigResult, ListDistributionsResult } from '@aws-sdk/client-cloudfront';
import type {
  DescribeListenersOutput,
  DescribeLoadBalancersOutput,
  DescribeRulesOutput,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { resourceName } from '../../../domain/ownership.ts';
import { PERSON } from '../../../local/internet/proxy.ts';
import { becomesLive } from '../../support/live-shop.ts';
import type { Nameplate } from '../../support/nameplate.ts';
import { picture } from '../../support/picture.ts';
import type { SharedBoot } from '../../support/shared-boot.ts';
import { watchedConstantly } from '../../support/watch-constantly.ts';

export function cdn(boot: SharedBoot): void {
  describe('a change to CloudFront', () => {
    let nameplate: Nameplate;
    let zone: string;
    let shop: string;
    let www: string;
    beforeEach(() => {
      nameplate = boot.nameplate;
      ({ zone, shop, www } = boot.namesInZone());
    });

    test('from the load balancer to CloudFront and back: asked every 50 ms, each address that a resolver may remember answers', async () => {
      await becomesLive(nameplate, { zone, shop }, { aliases: [www] });
      const before = await picture(nameplate);
      const others = await distributions();
      await nameplate.change(shop, { aliases: [www], edge: 'cdn' });
      const away = await watchedConstantly(nameplate, shop, [shop, www]);
      expect(away.site).toMatchObject({ state: 'live', revision: 2, site: { edge: 'cdn' } });
      expect(away.failures).toEqual([]);
      expect((await nameplate.viewer.https(shop)).headers['via']).toContain('CloudFront');
      const [address = ''] = await nameplate.viewer.addresses(`origin.${shop}`);
      expect(nameplate.aws.internet.reach(PERSON.ipv4, { address, port: 443 })).toBe('filtered');

      await nameplate.change(shop, { aliases: [www] });
      const back = await watchedConstantly(nameplate, shop, [shop, www]);
      expect(back.site).toMatchObject({ state: 'live', revision: 3, site: { edge: 'load-balancer' } });
      expect(back.failures).toEqual([]);
      expect(away.looks + back.looks).toBeGreaterThan(300);
      expect(await distributions()).toEqual(others);
      expect((await picture(nameplate)).length).toBe(before.length);
    });

    test('to another name of the origin, another Host and another secret: asked every 50 ms, each address answers', async () => {
      await becomesLive(nameplate, { zone, shop }, { edge: 'cdn', cdn: { lock: false } });
      const settings = { originName: `backend.${shop}`, host: 'origin' };
      await nameplate.change(shop, { edge: 'cdn', cdn: settings });
      const { site, failures } = await watchedConstantly(nameplate, shop, [shop]);
      expect(site).toMatchObject({ state: 'live', revision: 2, site: { cdn: { ...settings, lock: true } } });
      expect(failures).toEqual([]);
      expect((await nameplate.records(zone)).some(({ Name }) => Name === `origin.${shop}.`)).toBe(false);

      const rotated = { edge: 'cdn', cdn: { ...settings, secretGeneration: 2 } };
      const former = await secret();
      expect(JSON.stringify((await nameplate.plan(nameplate.document(shop, rotated))).changes)).toContain('2-⟨secret⟩');
      await nameplate.change(shop, rotated);
      const again = await watchedConstantly(nameplate, shop, [shop]);
      expect([again.site.reason, again.site.state, again.failures]).toEqual([undefined, 'live', []]);
      const next = await secret();
      expect([next === former, next]).toEqual([false, expect.stringMatching(/^2-[0-9a-f]{64}$/)]);
      expect(await accepted()).toEqual([next]);
      const lines = await nameplate.logLines();
      expect(lines.filter((line) => line.includes(next) || line.includes(former))).toEqual([]);
    });

    async function distributions() {
      const { DistributionList } = await nameplate.ask<ListDistributionsResult>('cloudfront', 'ListDistributions');
      return DistributionList?.Items ?? [];
    }

    /** What the distribution sends to the load balancer, so that it is let in. */
    async function secret(): Promise<string> {
      const ours = (await distributions()).find(({ Aliases }) => Aliases?.Items?.includes(shop));
      const Id = ours?.Id;
      const config = await nameplate.ask<GetDistributionConfigResult>('cloudfront', 'GetDistributionConfig', { Id });
      const headers = config.DistributionConfig?.Origins?.Items?.flatMap(
        ({ CustomHeaders }) => CustomHeaders?.Items ?? [],
      );
      return headers?.[0]?.HeaderValue ?? '';
    }

    /** What the load balancer lets in. */
    async function accepted(): Promise<string[]> {
      const elb = <Output>(operation: string, input: object = {}) =>
        nameplate.ask<Output>('elasticloadbalancing', operation, input);
      const { LoadBalancers = [] } = await elb<DescribeLoadBalancersOutput>('DescribeLoadBalancers', {
        Names: [resourceName(shop)],
      });
      const LoadBalancerArn = LoadBalancers[0]?.LoadBalancerArn;
      const { Listeners = [] } = await elb<DescribeListenersOutput>('DescribeListeners', { LoadBalancerArn });
      const ListenerArn = Listeners.find(({ Port }) => Port === 443)?.ListenerArn;
      const { Rules = [] } = await elb<DescribeRulesOutput>('DescribeRules', { ListenerArn });
      return Rules.flatMap(({ Conditions = [] }) => Conditions[0]?.HttpHeaderConfig?.Values ?? []);
    }
  });
}
