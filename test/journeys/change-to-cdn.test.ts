import type { GetDistributionConfigResult, ListDistributionsResult } from '@aws-sdk/client-cloudfront';
import type {
  DescribeListenersOutput,
  DescribeLoadBalancersOutput,
  DescribeRulesOutput,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { afterEach, expect, test } from '@jest/globals';
import { PERSON } from '../../local/internet/proxy.ts';
import { liveShop, SHOP } from '../support/live-shop.ts';
import type { Nameplate } from '../support/nameplate.ts';
import { picture } from '../support/picture.ts';
import { watchedConstantly } from '../support/watch-constantly.ts';

const WWW = 'www.shop.example.test';

let nameplate: Nameplate;
afterEach(() => nameplate.close());

test('from the load balancer to CloudFront and back: asked every 50 ms, each address that a resolver may remember answers', async () => {
  nameplate = await liveShop({ aliases: [WWW] });
  const before = await picture(nameplate);
  await nameplate.change(SHOP, { aliases: [WWW], edge: 'cdn' });
  const away = await watchedConstantly(nameplate, SHOP, [SHOP, WWW]);
  expect(away.site).toMatchObject({ state: 'live', revision: 2, site: { edge: 'cdn' } });
  expect(away.failures).toEqual([]);
  expect((await nameplate.viewer.https(SHOP)).headers['via']).toContain('CloudFront');
  const [address = ''] = await nameplate.viewer.addresses(`origin.${SHOP}`);
  expect(nameplate.aws.internet.reach(PERSON.ipv4, { address, port: 443 })).toBe('filtered');

  await nameplate.change(SHOP, { aliases: [WWW] });
  const back = await watchedConstantly(nameplate, SHOP, [SHOP, WWW]);
  expect(back.site).toMatchObject({ state: 'live', revision: 3, site: { edge: 'load-balancer' } });
  expect(back.failures).toEqual([]);
  expect(away.looks + back.looks).toBeGreaterThan(300);
  expect(await nameplate.ask('cloudfront', 'ListDistributions')).toMatchObject({ DistributionList: { Quantity: 0 } });
  expect((await picture(nameplate)).length).toBe(before.length);
});

test('to another name of the origin, another Host and another secret: asked every 50 ms, each address answers', async () => {
  nameplate = await liveShop({ edge: 'cdn', cdn: { lock: false } });
  const cdn = { originName: `backend.${SHOP}`, host: 'origin' };
  await nameplate.change(SHOP, { edge: 'cdn', cdn });
  const { site, failures } = await watchedConstantly(nameplate, SHOP, [SHOP]);
  expect(site).toMatchObject({ state: 'live', revision: 2, site: { cdn: { ...cdn, lock: true } } });
  expect(failures).toEqual([]);
  expect((await nameplate.records('example.test')).some(({ Name }) => Name === `origin.${SHOP}.`)).toBe(false);

  const rotated = { edge: 'cdn', cdn: { ...cdn, secretGeneration: 2 } };
  const former = await secret();
  expect(JSON.stringify((await nameplate.plan(nameplate.document(SHOP, rotated))).changes)).toContain('2-⟨secret⟩');
  await nameplate.change(SHOP, rotated);
  const again = await watchedConstantly(nameplate, SHOP, [SHOP]);
  expect([again.site.reason, again.site.state, again.failures]).toEqual([undefined, 'live', []]);
  const next = await secret();
  expect([next === former, next]).toEqual([false, expect.stringMatching(/^2-[0-9a-f]{64}$/)]);
  expect(await accepted()).toEqual([next]);
  const lines = await nameplate.logLines();
  expect(lines.filter((line) => line.includes(next) || line.includes(former))).toEqual([]);
});

/** What the distribution sends to the load balancer, so that it is let in. */
async function secret(): Promise<string> {
  const { DistributionList } = await nameplate.ask<ListDistributionsResult>('cloudfront', 'ListDistributions');
  const [Id] = (DistributionList?.Items ?? []).map((each) => each.Id);
  const config = await nameplate.ask<GetDistributionConfigResult>('cloudfront', 'GetDistributionConfig', { Id });
  const headers = config.DistributionConfig?.Origins?.Items?.flatMap(({ CustomHeaders }) => CustomHeaders?.Items ?? []);
  return headers?.[0]?.HeaderValue ?? '';
}

/** What the load balancer lets in. */
async function accepted(): Promise<string[]> {
  const elb = <Output>(operation: string, input: object = {}) =>
    nameplate.ask<Output>('elasticloadbalancing', operation, input);
  const { LoadBalancers = [] } = await elb<DescribeLoadBalancersOutput>('DescribeLoadBalancers');
  const LoadBalancerArn = LoadBalancers[0]?.LoadBalancerArn;
  const { Listeners = [] } = await elb<DescribeListenersOutput>('DescribeListeners', { LoadBalancerArn });
  const ListenerArn = Listeners.find(({ Port }) => Port === 443)?.ListenerArn;
  const { Rules = [] } = await elb<DescribeRulesOutput>('DescribeRules', { ListenerArn });
  return Rules.flatMap(({ Conditions = [] }) => Conditions[0]?.HttpHeaderConfig?.Values ?? []);
}
