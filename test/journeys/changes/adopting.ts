import type { ResourceRecordSet, TestDNSAnswerResponse } from '@aws-sdk/client-route-53';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { aZone } from '../../support/a-zone.ts';
import { anotherInstance } from '../../support/another-instance.ts';
import type { Nameplate, Shown } from '../../support/nameplate.ts';
import { picture } from '../../support/picture.ts';
import type { SharedBoot } from '../../support/shared-boot.ts';
import { takenOver } from '../../support/taken-over.ts';
import { giveInstance, giveZone } from '../../support/tenant-tags.ts';

export function adopting(boot: SharedBoot): void {
  describe('a change that adopts', () => {
    let nameplate: Nameplate;
    let zone: string;
    let zoneId: string;
    let shop: string;
    let blog: string;
    let news: string;
    let beta: string;
    beforeEach(() => {
      nameplate = boot.nameplate;
      ({ zone, shop } = boot.namesInZone());
      blog = `blog.${zone}`;
      news = `news.${zone}`;
      beta = `beta.${zone}`;
    });

    test('R6: what stands under a new alias is taken over when asked, and is back as it was when the alias goes', async () => {
      await withZone();
      const id = await anotherInstance(nameplate);
      await giveInstance(nameplate, 'beta', id);
      await giveZone(nameplate, 'beta', zone);
      const ofBeta = { edge: 'direct', tenant: 'beta', origin: { instance: { id } } };
      expect((await nameplate.onboard(beta, ofBeta)).state).toBe('live');
      const before = await picture(nameplate);
      expect((await nameplate.onboard(shop)).state).toBe('live');
      const [atBlog, atNews] = [await setsOf(blog), await setsOf(news)];
      await refusesOthersNames();

      const { changes } = await nameplate.plan(nameplate.document(shop, { aliases: [blog] }));
      expect(changes.filter(({ verb }) => verb === 'conflict')).toMatchObject([
        { resource: { name: blog }, message: expect.stringContaining('or declare "adopt": true') },
      ]);

      await nameplate.change(shop, { aliases: [blog, news], adopt: true });
      const { site: adopted, answers } = await watched(blog);
      expect(adopted).toMatchObject({ state: 'live', revision: 2 });
      expect(takenOver(adopted)).toEqual([`${blog} A "blue"`, `${blog} A "green"`, `${news} CNAME`]);
      expect(answers).toEqual(['198.51.100.9', await answerOf(shop)]);
      for (const name of [blog, news]) expect((await nameplate.viewer.https(name)).status).toBe(200);

      // Dropped, with "adopt" dropped too: what was taken over is owed all the same.
      await nameplate.change(shop, { aliases: [news] });
      const dropped = await watched(blog);
      expect(dropped.site).toMatchObject({ state: 'live', revision: 3, site: { aliases: [news] } });
      expect(takenOver(dropped.site)).toEqual([`${news} CNAME`]);
      expect(dropped.answers).toEqual([await answerOf(shop), '198.51.100.9']);
      expect(await setsOf(blog)).toEqual(atBlog);

      await changeGivenUp();
      expect(await setsOf(blog)).toEqual(atBlog);
      expect((await nameplate.viewer.https(news)).status).toBe(200);

      expect((await nameplate.undo(shop)).status).toBe(202);
      const undone = await nameplate.ended(shop);
      expect(undone.state).toBe('undone');
      expect(undone.left).toBeUndefined();
      expect(takenOver(undone)).toEqual([]);
      expect(await setsOf(news)).toEqual(atNews);
      await nameplate.aws.clock.advance(10 * 60_000);
      expect(await picture(nameplate)).toEqual(before);
    });

    /** What stands under the names that a change takes over, written by somebody else. */
    function theirs(): ResourceRecordSet[] {
      return [
        weighted('blue', '198.51.100.9', 255),
        weighted('green', '198.51.100.10', 0),
        { Name: blog, Type: 'MX', TTL: 300, ResourceRecords: [{ Value: `10 mail.${zone}.` }] },
        { Name: news, Type: 'CNAME', TTL: 300, ResourceRecords: [{ Value: 'Hosted.example.net' }] },
      ];
    }

    const weighted = (SetIdentifier: string, Value: string, Weight: number): ResourceRecordSet => ({
      Name: blog,
      Type: 'A',
      SetIdentifier,
      Weight,
      TTL: 60,
      ResourceRecords: [{ Value }],
    });

    /** An alias above or below what another tenant has, or its very name, is refused, and nothing is lost. */
    async function refusesOthersNames(): Promise<void> {
      const before = await nameplate.show(shop);
      for (const [alias, type] of [
        [`www.${beta}`, 'name-overlaps'],
        [beta, 'name-taken'],
      ] as const) {
        const document = nameplate.document(shop, { aliases: [alias] });
        const refused = await nameplate.put(shop, document);
        expect(refused.status).toBe(409);
        const problem = await refused.json();
        expect(problem).toMatchObject({
          type: `urn:nameplate:problem:${type}`,
          errors: [{ pointer: '#/aliases/0', detail: expect.stringContaining(alias) }],
        });
        expect(JSON.stringify(problem)).not.toContain('"beta"');
      }
      expect(await nameplate.show(shop)).toEqual(before);
    }

    /** Adopted again, and given up once the traffic has moved: what stood there comes back with the document that was live. */
    async function changeGivenUp(): Promise<void> {
      const document = nameplate.document(shop, { aliases: [news, blog], adopt: true });
      const { id, checksum } = await nameplate.plan(document);
      expect((await nameplate.put(shop, { ...document, plan: { id, checksum } })).status).toBe(202);
      await nameplate.waitsIn(shop, 'AwaitSync');
      expect(await answerOf(blog)).toBe(await answerOf(shop));
      expect((await nameplate.act(shop, 'cancel', '{"then": "undo"}')).status).toBe(202);
      const { site, answers } = await watched(blog);
      expect(site).toMatchObject({ state: 'live', site: { aliases: [news] } });
      expect(site).not.toHaveProperty('left');
      expect(answers).toEqual([await answerOf(shop), '198.51.100.9']);
    }

    /** A hosted zone of somebody else with records of theirs, delegated to. */
    async function withZone(): Promise<void> {
      zoneId = await aZone(nameplate, zone);
      const Changes = theirs().map((ResourceRecordSet) => ({ Action: 'CREATE', ResourceRecordSet }));
      const input = { HostedZoneId: zoneId, ChangeBatch: { Changes } };
      await nameplate.ask('route53', 'ChangeResourceRecordSets', input);
      await nameplate.aws.clock.advance(120_000);
    }

    /** The record sets at a name, as Route 53 tells them. */
    async function setsOf(name: string): Promise<ResourceRecordSet[]> {
      return (await nameplate.records(zone)).filter(({ Name }) => Name === `${name}.`);
    }

    /** Asks the zone for a name whenever anything has happened, until no execution runs: never is it without an answer. */
    async function watched(name: string): Promise<{ site: Shown; answers: string[] }> {
      const answers: string[] = [];
      await nameplate.aws.clock.until(async () => {
        const answer = await answerOf(name);
        if (answers.at(-1) !== answer) answers.push(answer);
        return nameplate.aws.states.running().length === 0;
      });
      return { site: await nameplate.ended(shop), answers };
    }

    /** What Route 53 answers for a name, no cache between; the code where it answers nothing. */
    async function answerOf(RecordName: string): Promise<string> {
      const question = { HostedZoneId: zoneId, RecordName, RecordType: 'A' };
      const answer = await nameplate.ask<TestDNSAnswerResponse>('route53', 'TestDNSAnswer', question);
      return [...(answer.RecordData ?? [])].sort().join() || String(answer.ResponseCode);
    }
  });
}
