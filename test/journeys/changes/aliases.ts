import { beforeEach, describe, expect, test } from '@jest/globals';
import { certificateArns } from '../../support/certificate-arns.ts';
import { becomesLive } from '../../support/live-shop.ts';
import type { Nameplate, Shown } from '../../support/nameplate.ts';
import type { SharedBoot } from '../../support/shared-boot.ts';
import { watched } from '../../support/watch.ts';

export function aliases(boot: SharedBoot): void {
  describe('a change of the aliases', () => {
    let nameplate: Nameplate;
    let zone: string;
    let shop: string;
    let www: string;
    let fresh: string;
    /** The certificates of the account when the test begins. */
    let others: string[];
    beforeEach(async () => {
      nameplate = boot.nameplate;
      ({ zone, shop, www } = boot.namesInZone());
      fresh = `new.${shop}`;
      others = await certificateArns(nameplate);
    });

    test('alias added: its certificate is served before its record exists, and no request fails on the way', async () => {
      await becomesLive(nameplate, { zone, shop }, { aliases: [www] });
      const [before] = await certificates();
      const served: { names: string[]; known: boolean }[] = [];
      const begun = await nameplate.change(shop, { aliases: [www, fresh] });
      expect(begun).toMatchObject({ state: 'changing', revision: 2, live: { aliases: [www] } });
      const { site, looks, failures } = await watched(nameplate, shop, {
        names: [shop, www],
        look: async () => {
          const { certificate } = await nameplate.viewer.https(shop);
          const known = (await nameplate.records(zone)).some(({ Name }) => Name === `${fresh}.`);
          served.push({ names: certificate.names, known });
        },
      });
      expect(failures).toEqual([]);
      expect(looks).toBeGreaterThan(10);
      expect(site).toMatchObject({ state: 'live', revision: 2 });
      expect(site).not.toHaveProperty('live');
      expect(site).not.toHaveProperty('left');
      const [attached, seen, pointed] = ['AttachCertificate', 'Preflight', 'PointRecords'].map((name) =>
        ended(site, name),
      );
      expect([attached, seen, pointed]).toEqual([attached, seen, pointed].sort());
      expect(served.some(({ names, known }) => !names.includes(fresh) && known)).toBe(false);
      expect((await nameplate.viewer.https(fresh)).status).toBe(200);
      const after = await certificates();
      expect(after).toHaveLength(1);
      expect(after).not.toContain(before);

      const mark = nameplate.aws.calls.mark();
      const again = await nameplate.put(shop, nameplate.document(shop, { aliases: [www, fresh] }));
      expect(again.status).toBe(200);
      expect(nameplate.mutatingCalls(mark)).toEqual([]);
    });

    test('alias dropped: its name no longer answers, its certificate is gone, and the others are served all along', async () => {
      await becomesLive(nameplate, { zone, shop }, { aliases: [www] });
      await nameplate.change(shop, { aliases: [] });
      const dropped: string[] = [];
      const { site, failures } = await watched(nameplate, shop, {
        names: [shop],
        look: async () => {
          const said = await nameplate.viewer.https(www).then(
            ({ status, certificate }) => `${status} ${certificate.names.includes(www)}`,
            (error: Error) => error.message,
          );
          const stands = (await nameplate.records(zone)).some(({ Name }) => Name === `${www}.`);
          if (stands) dropped.push(said);
        },
      });
      expect(failures).toEqual([]);
      expect(new Set(dropped)).toEqual(new Set(['200 true']));
      expect(site).toMatchObject({ state: 'live', revision: 2, site: { aliases: [] } });
      const standing = (await nameplate.records(zone)).map(({ Name }) => Name);
      expect(standing.filter((name) => name?.endsWith(`${www}.`))).toEqual([]);
      expect(await certificates()).toHaveLength(1);
      expect((await nameplate.viewer.https(shop)).certificate.names).toEqual([shop]);
      await expect(nameplate.viewer.addresses(www)).rejects.toThrow();
      expect((await nameplate.post(nameplate.document(www, { edge: 'direct' }))).status).toBe(202);
      await nameplate.act(www, 'cancel');
      expect((await nameplate.ended(www)).state).toBe('held');
    });

    function ended({ steps }: Shown, name: string): string {
      return steps.find((step) => step.name === name)?.endedAt ?? '';
    }

    /** The ARNs of the site's certificates. Those that others had before are all there. */
    async function certificates(): Promise<string[]> {
      const arns = await certificateArns(nameplate);
      expect(arns).toEqual(expect.arrayContaining(others));
      return arns.filter((arn) => !others.includes(arn));
    }
  });
}
