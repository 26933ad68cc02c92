import type { ResourceRecordSet, TestDNSAnswerResponse } from '@aws-sdk/client-route-53';
import { afterEach, describe, expect, test } from '@jest/globals';
import { Nameplate, type Shown } from '../support/nameplate.ts';
import { picture } from '../support/picture.ts';
import { giveInstance, giveZone } from '../support/tenant-tags.ts';

const ZONE = 'example.test';
const SHOP = 'shop.example.test';
const BLOG = 'blog.example.test';
const NEWS = 'news.example.test';
const BETA = 'beta.example.test';

const weighted = (SetIdentifier: string, Value: string, Weight: number): ResourceRecordSet => ({
  Name: BLOG,
  Type: 'A',
  SetIdentifier,
  Weight,
  TTL: 60,
  ResourceRecords: [{ Value }],
});

/** What stands under the names that a change takes over, written by somebody else. */
const THEIRS: ResourceRecordSet[] = [
  weighted('blue', '198.51.100.9', 255),
  weighted('green', '198.51.100.10', 0),
  { Name: BLOG, Type: 'MX', TTL: 300, ResourceRecords: [{ Value: '10 mail.example.test.' }] },
  { Name: NEWS, Type: 'CNAME', TTL: 300, ResourceRecords: [{ Value: 'Hosted.example.net' }] },
];

describe('a change that adopts', () => {
  let nameplate: Nameplate;
  afterEach(() => nameplate.close());

  test('R6: what stands under a new alias is taken over when asked, and is back as it was when the alias goes', async () => {
    nameplate = await Nameplate.boot();
    await withZone();
    await giveInstance(nameplate, 'beta');
    await giveZone(nameplate, 'beta', ZONE);
    expect((await nameplate.onboard(BETA, { edge: 'direct', tenant: 'beta' })).state).toBe('live');
    const before = await picture(nameplate);
    expect((await nameplate.onboard(SHOP)).state).toBe('live');
    const [blog, news] = [await setsOf(BLOG), await setsOf(NEWS)];
    await refusesOthersNames();

    const { changes } = await nameplate.plan(nameplate.document(SHOP, { aliases: [BLOG] }));
    expect(changes.filter(({ verb }) => verb === 'conflict')).toMatchObject([
      { resource: { name: BLOG }, message: expect.stringContaining('or declare "adopt": true') },
    ]);

    await nameplate.change(SHOP, { aliases: [BLOG, NEWS], adopt: true });
    const { site: adopted, answers } = await watched(BLOG);
    expect(adopted).toMatchObject({ state: 'live', revision: 2 });
    expect(taken(adopted)).toEqual([`${BLOG} A "blue"`, `${BLOG} A "green"`, `${NEWS} CNAME`]);
    expect(answers).toEqual(['198.51.100.9', await answerOf(SHOP)]);
    for (const name of [BLOG, NEWS]) expect((await nameplate.viewer.https(name)).status).toBe(200);

    // Dropped, with "adopt" dropped too: what was taken over is owed all the same.
    await nameplate.change(SHOP, { aliases: [NEWS] });
    const dropped = await watched(BLOG);
    expect(dropped.site).toMatchObject({ state: 'live', revision: 3, site: { aliases: [NEWS] } });
    expect(taken(dropped.site)).toEqual([`${NEWS} CNAME`]);
    expect(dropped.answers).toEqual([await answerOf(SHOP), '198.51.100.9']);
    expect(await setsOf(BLOG)).toEqual(blog);

    await changeGivenUp();
    expect(await setsOf(BLOG)).toEqual(blog);
    expect((await nameplate.viewer.https(NEWS)).status).toBe(200);

    expect((await nameplate.undo(SHOP)).status).toBe(202);
    const undone = await nameplate.ended(SHOP);
    expect(undone.state).toBe('undone');
    expect(undone.left).toBeUndefined();
    expect(taken(undone)).toEqual([]);
    expect(await setsOf(NEWS)).toEqual(news);
    await nameplate.aws.clock.advance(10 * 60_000);
    expect(await picture(nameplate)).toEqual(before);
  });

  /** An alias above or below what another tenant has, or its very name, is refused, and nothing is lost. */
  async function refusesOthersNames(): Promise<void> {
    const before = await nameplate.show(SHOP);
    for (const [alias, type] of [
      [`www.${BETA}`, 'name-overlaps'],
      [BETA, 'name-taken'],
    ] as const) {
      const document = nameplate.document(SHOP, { aliases: [alias] });
      const refused = await nameplate.put(SHOP, document);
      expect(refused.status).toBe(409);
      const problem = await refused.json();
      expect(problem).toMatchObject({
        type: `urn:nameplate:problem:${type}`,
        errors: [{ pointer: '#/aliases/0', detail: expect.stringContaining(alias) }],
      });
      expect(JSON.stringify(problem)).not.toContain('"beta"');
    }
    expect(await nameplate.show(SHOP)).toEqual(before);
  }

  /** Adopted again, and given up once the traffic has moved: what stood there comes back with the document that was live. */
  async function changeGivenUp(): Promise<void> {
    const document = nameplate.document(SHOP, { aliases: [NEWS, BLOG], adopt: true });
    const { id, checksum } = await nameplate.plan(document);
    expect((await nameplate.put(SHOP, { ...document, plan: { id, checksum } })).status).toBe(202);
    await nameplate.waitsIn(SHOP, 'AwaitSync');
    expect(await answerOf(BLOG)).toBe(await answerOf(SHOP));
    expect((await nameplate.act(SHOP, 'cancel', '{"then": "undo"}')).status).toBe(202);
    const { site, answers } = await watched(BLOG);
    expect(site).toMatchObject({ state: 'live', site: { aliases: [NEWS] } });
    expect(site).not.toHaveProperty('left');
    expect(answers).toEqual([await answerOf(SHOP), '198.51.100.9']);
  }

  /** A hosted zone of somebody else with records of theirs, delegated to. */
  async function withZone(): Promise<void> {
    const { HostedZone, DelegationSet } = await nameplate.ask<{
      HostedZone: { Id: string };
      DelegationSet: { NameServers: string[] };
    }>('route53', 'CreateHostedZone', { Name: ZONE, CallerReference: 'theirs' });
    nameplate.aws.registrar.delegate(ZONE, DelegationSet.NameServers);
    const Changes = THEIRS.map((ResourceRecordSet) => ({ Action: 'CREATE', ResourceRecordSet }));
    const input = { HostedZoneId: HostedZone.Id, ChangeBatch: { Changes } };
    await nameplate.ask('route53', 'ChangeResourceRecordSets', input);
    await nameplate.aws.clock.advance(120_000);
  }

  /** The record sets at a name, as Route 53 tells them. */
  async function setsOf(name: string): Promise<ResourceRecordSet[]> {
    return (await nameplate.records(ZONE)).filter(({ Name }) => Name === `${name}.`);
  }

  /** Asks the zone for a name whenever anything has happened, until no execution runs: never is it without an answer. */
  async function watched(name: string): Promise<{ site: Shown; answers: string[] }> {
    const answers: string[] = [];
    await nameplate.aws.clock.until(async () => {
      const answer = await answerOf(name);
      if (answers.at(-1) !== answer) answers.push(answer);
      return nameplate.aws.states.running().length === 0;
    });
    return { site: await nameplate.ended(SHOP), answers };
  }

  /** What Route 53 answers for a name, no cache between; the code where it answers nothing. */
  async function answerOf(RecordName: string): Promise<string> {
    const { HostedZones: [zone] = [] } = await nameplate.ask<{ HostedZones: { Id: string }[] }>(
      'route53',
      'ListHostedZones',
    );
    const question = { HostedZoneId: zone?.Id, RecordName, RecordType: 'A' };
    const answer = await nameplate.ask<TestDNSAnswerResponse>('route53', 'TestDNSAnswer', question);
    return [...(answer.RecordData ?? [])].sort().join() || String(answer.ResponseCode);
  }

  /** The records that GET shows as taken over. */
  function taken({ steps }: Shown): string[] {
    return steps.flatMap(({ made }) => made.filter(({ before }) => before !== undefined)).map(({ id }) => id);
  }
});
