import { afterEach, expect, test } from '@jest/globals';
import { liveShop, SHOP } from '../support/live-shop.ts';
import type { Nameplate } from '../support/nameplate.ts';
import { picture } from '../support/picture.ts';
import { watched } from '../support/watch.ts';

const WWW = 'www.shop.example.test';
const NEW = 'new.shop.example.test';

let nameplate: Nameplate;
afterEach(() => nameplate.close());

test('S14: from the load balancer to the instance itself, once what goes is approved, and back', async () => {
  nameplate = await liveShop({ aliases: [WWW, NEW] });
  const before = await picture(nameplate);
  const mark = nameplate.aws.calls.mark();
  const direct = { aliases: [WWW], edge: 'direct' };
  const unasked = await refusal(direct);
  expect(unasked.approval).toMatchObject({ zones: [{ zone: 'example.test', deletions: 7, ours: 9 }] });
  expect(unasked.lines).toContainEqual(expect.stringContaining(`${NEW} A`));
  const other = await refusal({ aliases: [] });
  expect(other.approval.checksum).not.toBe(unasked.approval.checksum);
  const stale = await refusal({ ...direct, approve: other.approval.checksum });
  expect(stale.detail).toContain('the list is not the one that was approved');
  expect(stale.approval).toEqual(unasked.approval);
  expect(nameplate.mutatingCalls(mark).filter((call) => !call.startsWith('dynamodb:'))).toEqual([]);
  expect(await picture(nameplate)).toEqual(before);

  await nameplate.change(SHOP, direct, { approve: unasked.approval.checksum });
  const [remembered = ''] = await nameplate.viewer.addresses(SHOP);
  const away = await lookedAt(remembered);
  expect(away.site).toMatchObject({ state: 'live', revision: 2, site: { aliases: [WWW], edge: 'direct' } });
  expect([...away.plain].sort()).toEqual(['200', '301']);
  expect(await nameplate.viewer.addresses(SHOP)).toEqual(await nameplate.viewer.addresses(WWW));
  // Not asked of DNS, which would remember for a while that there is no such name.
  expect((await nameplate.records('example.test')).some(({ Name }) => Name === `${NEW}.`)).toBe(false);
  expect(await nameplate.ask('elasticloadbalancing', 'DescribeLoadBalancers')).toMatchObject({ LoadBalancers: [] });
  expect(await nameplate.ask('acm', 'ListCertificates')).toMatchObject({ CertificateSummaryList: [] });

  await nameplate.change(SHOP, { aliases: [WWW, NEW] });
  const [ofInstance = ''] = await nameplate.viewer.addresses(SHOP);
  const back = await lookedAt(ofInstance);
  expect(back.site).toMatchObject({ state: 'live', revision: 3, site: { edge: 'load-balancer' } });
  expect([...back.plain].sort()).toEqual(['200', '301']);
  expect((await nameplate.viewer.https(NEW)).status).toBe(200);
  expect(await nameplate.ask('ec2', 'DescribeAddresses')).toMatchObject({ Addresses: [] });
});

interface Problem {
  detail: string;
  errors: { detail: string }[];
  approval: { checksum: string };
}

/** What a PUT is refused with. */
async function refusal(more: object): Promise<Problem & { lines: string[] }> {
  const answer = await nameplate.put(SHOP, nameplate.document(SHOP, more));
  expect(answer.status).toBe(409);
  const problem = (await answer.json()) as Problem;
  return { ...problem, lines: problem.errors.map(({ detail }) => detail) };
}

/**
 * What plain HTTP answers while the change goes, for whoever asks DNS each time and for whoever remembers an address for as
 * long as its TTL.
 */
async function lookedAt(remembered: string) {
  const plain = new Set<string>();
  let movedAt: number | undefined;
  const { site } = await watched(nameplate, SHOP, {
    names: [],
    look: async () => {
      const said = await nameplate.viewer.http(SHOP).then(
        ({ status }) => `${status}`,
        (error: Error) => error.message,
      );
      plain.add(said);
      const [address] = await nameplate.viewer.addresses(SHOP);
      const now = nameplate.aws.clock.now().getTime();
      if (address !== remembered) movedAt ??= now;
      if (movedAt === undefined || now - movedAt < 60_000) {
        plain.add(`${(await nameplate.viewer.http(remembered)).status}`);
      }
    },
  });
  return { site, plain };
}
