import type { DescribeAddressesResult } from '@aws-sdk/client-ec2';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { PERSON } from '../../../local/internet/proxy.ts';
import { anotherInstance } from '../../support/another-instance.ts';
import { becomesLive } from '../../support/live-shop.ts';
import type { Nameplate } from '../../support/nameplate.ts';
import type { SharedBoot } from '../../support/shared-boot.ts';
import { watched } from '../../support/watch.ts';

const ME = `${PERSON.ipv4}/32`;
const STRANGER = '198.51.100.99';

export function access(boot: SharedBoot): void {
  describe('a change of who may come', () => {
    let nameplate: Nameplate;
    let zone: string;
    let shop: string;
    let direct: string;
    let ssh: string;
    let instanceId: string;
    beforeEach(() => {
      nameplate = boot.nameplate;
      ({ zone, shop, direct } = boot.namesInZone());
      ssh = `ssh.${shop}`;
    });

    test('access narrowed and widened, a direct name added, changed and dropped: nobody is cut off before his time', async () => {
      // Its address changes, and it has had none yet.
      instanceId = await anotherInstance(nameplate);
      const origin = { instance: { id: instanceId } };
      const others = await addresses();
      await becomesLive(nameplate, { zone, shop }, { origin });
      const ofAmazon = await instanceAddress();
      expect(await ipv6Addresses()).toHaveLength(2);
      expect(await mayCome()).toEqual({ https: 'open', http: 'open' });

      await nameplate.change(shop, { origin, access: [ME], directName: ssh });
      const seen = new Map<string, string>();
      const narrowed = await watched(nameplate, shop, {
        names: [shop],
        look: async () => {
          const { state, steps } = await nameplate.show(shop);
          const probed = steps.some(
            (step) => step.name === 'ProbeSite' && step.revision === 2 && step.state === 'done',
          );
          if (state === 'changing' && !probed) seen.set((await mayCome()).https, state);
        },
      });
      expect(narrowed.failures).toEqual([]);
      expect(narrowed.site).toMatchObject({ state: 'live', revision: 2, site: { access: [ME], directName: ssh } });
      expect([...seen.keys()]).toEqual(['open']);
      expect(await mayCome()).toEqual({ https: 'filtered', http: 'filtered' });
      expect(await ipv6Addresses()).toEqual([]);
      const [address] = await nameplate.viewer.addresses(ssh);
      expect(address).toBe(await instanceAddress());
      expect(address).not.toBe(ofAmazon);
      expect((await nameplate.viewer.http(ssh)).status).toBe(200);

      await nameplate.change(shop, { origin, directName: direct });
      const widened = await watched(nameplate, shop, {
        names: [shop],
        look: async () => expect(await instanceAddress()).toBe(address),
      });
      expect([widened.failures, widened.site.state]).toEqual([[], 'live']);
      expect(await mayCome()).toEqual({ https: 'open', http: 'open' });
      // Until then a resolver remembers that there was none (failures R18).
      await nameplate.aws.clock.advance(900_000);
      expect(await ipv6Addresses()).toHaveLength(2);
      expect(await nameplate.viewer.addresses(direct)).toEqual([address]);
      await expect(nameplate.viewer.addresses(ssh)).rejects.toThrow();

      await nameplate.change(shop, { origin });
      const dropped = await watched(nameplate, shop, { names: [shop] });
      expect([dropped.failures, dropped.site.state]).toEqual([[], 'live']);
      await expect(nameplate.viewer.addresses(direct)).rejects.toThrow();
      expect(await addresses()).toEqual(others);
    });

    /** What the load balancer says to somebody who is not on the narrow list. */
    async function mayCome(): Promise<{ https: string; http: string }> {
      const [address = ''] = await nameplate.viewer.addresses(shop);
      const reach = (port: number) => nameplate.aws.internet.reach(STRANGER, { address, port });
      return { https: reach(443), http: reach(80) };
    }

    /** C7: what the name answers to viewers with IPv6. */
    async function ipv6Addresses(): Promise<string[]> {
      return nameplate.viewer.addresses(shop, 6).catch(() => []);
    }

    async function instanceAddress(): Promise<string | undefined> {
      const about = { InstanceIds: [instanceId] };
      const { Reservations } = await nameplate.ask<{ Reservations: { Instances: { PublicIpAddress?: string }[] }[] }>(
        'ec2',
        'DescribeInstances',
        about,
      );
      return Reservations[0]?.Instances[0]?.PublicIpAddress;
    }

    /** The elastic addresses of the account. */
    async function addresses() {
      const { Addresses = [] } = await nameplate.ask<DescribeAddressesResult>('ec2', 'DescribeAddresses');
      return Addresses;
    }
  });
}
