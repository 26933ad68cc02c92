import type { DescribeAddressesResult } from '@aws-sdk/client-ec2';
import type { DescribeLoadBalancersOutput } from '@aws-sdk/client-elastic-load-balancing-v2';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { anotherInstance } from '../../support/another-instance.ts';
import { certificateArns } from '../../support/certificate-arns.ts';
import { becomesLive } from '../../support/live-shop.ts';
import type { Nameplate } from '../../support/nameplate.ts';
import { picture } from '../../support/picture.ts';
import type { SharedBoot } from '../../support/shared-boot.ts';
import { watched } from '../../support/watch.ts';

interface Problem {
  detail: string;
  errors: { detail: string }[];
  approval: { checksum: string };
}

export function edge(boot: SharedBoot): void {
  describe('a change of the edge', () => {
    let nameplate: Nameplate;
    let zone: string;
    let shop: string;
    let www: string;
    let fresh: string;
    beforeEach(() => {
      nameplate = boot.nameplate;
      ({ zone, shop, www } = boot.namesInZone());
      fresh = `new.${shop}`;
    });

    test('S14: from the load balancer to the instance itself, once what goes is approved, and back', async () => {
      const others = await standing();
      // One that has had no address of its own yet.
      const origin = { instance: { id: await anotherInstance(nameplate) } };
      await becomesLive(nameplate, { zone, shop }, { origin, aliases: [www, fresh] });
      const before = await picture(nameplate);
      const mark = nameplate.aws.calls.mark();
      const direct = { origin, aliases: [www], edge: 'direct' };
      const unasked = await refusal(direct);
      expect(unasked.approval).toMatchObject({ zones: [{ zone, deletions: 7, ours: 9 }] });
      expect(unasked.lines).toContainEqual(expect.stringContaining(`${fresh} A`));
      const other = await refusal({ origin, aliases: [] });
      expect(other.approval.checksum).not.toBe(unasked.approval.checksum);
      const stale = await refusal({ ...direct, approve: other.approval.checksum });
      expect(stale.detail).toContain('the list is not the one that was approved');
      expect(stale.approval).toEqual(unasked.approval);
      expect(nameplate.mutatingCalls(mark).filter((call) => !call.startsWith('dynamodb:'))).toEqual([]);
      expect(await picture(nameplate)).toEqual(before);

      await nameplate.change(shop, direct, { approve: unasked.approval.checksum });
      const [remembered = ''] = await nameplate.viewer.addresses(shop);
      const away = await lookedAt(remembered);
      expect(away.site).toMatchObject({ state: 'live', revision: 2, site: { aliases: [www], edge: 'direct' } });
      expect([...away.plain].sort()).toEqual(['200', '301']);
      expect(await nameplate.viewer.addresses(shop)).toEqual(await nameplate.viewer.addresses(www));
      // Not asked of DNS, which would remember for a while that there is no such name.
      expect((await nameplate.records(zone)).some(({ Name }) => Name === `${fresh}.`)).toBe(false);
      const { balancers, certificates } = await standing();
      expect({ balancers, certificates }).toEqual({ balancers: others.balancers, certificates: others.certificates });

      await nameplate.change(shop, { origin, aliases: [www, fresh] });
      const [ofInstance = ''] = await nameplate.viewer.addresses(shop);
      const back = await lookedAt(ofInstance);
      expect(back.site).toMatchObject({ state: 'live', revision: 3, site: { edge: 'load-balancer' } });
      expect([...back.plain].sort()).toEqual(['200', '301']);
      expect((await nameplate.viewer.https(fresh)).status).toBe(200);
      expect((await standing()).addresses).toEqual(others.addresses);
    });

    /** What belongs to one edge or another, of all sites. */
    async function standing() {
      const { LoadBalancers = [] } = await nameplate.ask<DescribeLoadBalancersOutput>(
        'elasticloadbalancing',
        'DescribeLoadBalancers',
      );
      const { Addresses = [] } = await nameplate.ask<DescribeAddressesResult>('ec2', 'DescribeAddresses');
      return {
        balancers: LoadBalancers.map(({ LoadBalancerArn }) => LoadBalancerArn),
        certificates: await certificateArns(nameplate),
        addresses: Addresses,
      };
    }

    /** What a PUT is refused with. */
    async function refusal(more: object): Promise<Problem & { lines: string[] }> {
      const answer = await nameplate.put(shop, nameplate.document(shop, more));
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
      const { site } = await watched(nameplate, shop, {
        names: [],
        look: async () => {
          const said = await nameplate.viewer.http(shop).then(
            ({ status }) => `${status}`,
            (error: Error) => error.message,
          );
          plain.add(said);
          const [address] = await nameplate.viewer.addresses(shop);
          const now = nameplate.aws.clock.now().getTime();
          if (address !== remembered) movedAt ??= now;
          if (movedAt === undefined || now - movedAt < 60_000) {
            plain.add(`${(await nameplate.viewer.http(remembered)).status}`);
          }
        },
      });
      return { site, plain };
    }
  });
}
