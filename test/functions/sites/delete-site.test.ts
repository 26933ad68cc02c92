import { GetHostedZoneCommand, ListHostedZonesCommand } from '@aws-sdk/client-route-53';
import { SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import { Resolver } from '../../../aws/dns/resolver.ts';
import { readSiteItem } from '../../../aws/ledger/read-site.ts';
import { writeSite } from '../../../aws/ledger/write-site.ts';
import type { SiteItem } from '../../../domain/ledger/site-item.ts';
import { markerSet } from '../../../domain/records/marker.ts';
import { callerReference } from '../../../domain/zones/caller-reference.ts';
import { handler } from '../../../functions/sites/delete-site.ts';
import { recordMade } from '../../../resources/record/write-records.ts';
import { apiContext, aRequest } from '../../support/api-event.ts';
import { useEmptyAccount } from '../../support/empty-account.ts';
import { useLedger } from '../../support/ledger.ts';
import { a, NameServers, ns } from '../../support/name-servers.ts';
import { aSet } from '../../support/records.ts';
import { useRemovalSurvey } from '../../support/removal-survey.ts';
import { aSettledSiteItem, aSite, aSiteItem } from '../../support/site.ts';
import { domain, givenStep, mutations, owner } from '../../support/steps.ts';
import { StubbedZone, stored } from '../../support/stubbed-zone.ts';

const ledger = useLedger();
let world: NameServers | undefined;
useRemovalSurvey(() => new Resolver({ connect: (world as NameServers).connect }));
const { acm, ec2, elb, route53 } = useEmptyAccount();
const states = mockClient(SFNClient);
const liveAt = '2026-11-22T12:05:00.000Z';
const nameServer = 'ns-1.awsdns-01.com';
const address = '203.0.113.7';
const marker = markerSet(domain, { ...owner, generation: 1 });

/** A live site in a hosted zone that was made for it. */
beforeEach(async () => {
  states.reset();
  states.on(StartExecutionCommand).resolves({});
  const zone = { Id: '/hostedzone/ZSHOP', Name: `${domain}.`, CallerReference: callerReference(owner, 1) };
  route53.on(ListHostedZonesCommand).resolves({ HostedZones: [zone], IsTruncated: false, MaxItems: 100, Marker: '' });
  route53.on(GetHostedZoneCommand).resolves({ HostedZone: zone, DelegationSet: { NameServers: [nameServer] } });
  new StubbedZone(
    route53,
    [
      stored(domain, 'NS', `${nameServer}.`),
      stored(domain, 'SOA', `${nameServer}. awsdns-hostmaster.amazon.com. 1 7200 900 1209600 86400`),
      stored(domain, 'A', address),
      stored(marker.name, 'TXT', ...marker.values),
    ],
    'ZSHOP',
  );
  await givenStep(ledger, { name: 'FindZone', made: [{ type: 'hosted zone', id: 'ZSHOP', ours: true }] });
  await givenStep(ledger, {
    name: 'PointRecords',
    made: [aSet(domain, 'A', address), marker].map((set) => recordMade(set, 'ZSHOP')),
  });
});
afterEach(() => world?.stop());

const given = (changes: Partial<SiteItem> = {}) =>
  writeSite(ledger, aSettledSiteItem({ site: aSite({ aliases: [] }), liveAt, ...changes }), { over: undefined });

interface Asked {
  body?: unknown;
  plan?: string;
  /** The name servers that the parent zone delegates to. */
  delegatedTo?: string[];
}

async function remove({ body, plan, delegatedTo = [nameServer] }: Asked = {}) {
  const authorities = delegatedTo.map((server) => ns(domain, server));
  world = await NameServers.start({
    '198.41.0.4': () => ({
      authorities,
      additionals: [a(nameServer, '198.51.100.53')],
      authoritative: delegatedTo.length === 0,
    }),
    '198.51.100.53': ({ type }) => ({ answers: type === 'A' ? [a(domain, address)] : [] }),
  });
  const request = aRequest({
    method: 'DELETE',
    path: `/v1/sites/${domain}`,
    parameters: { domain },
    body,
    ...(plan !== undefined && { query: { plan } }),
  });
  const answer = await handler(request, apiContext);
  await world.stop();
  return { status: answer.statusCode, json: JSON.parse(answer.body ?? '{}') };
}

const operation = async () => (await readSiteItem(ledger, domain))?.operation;
const verbs = ({ changes }: { changes: { verb: string; resource: { type: string; name: string } }[] }) =>
  changes.map(({ verb, resource: { type, name } }) => `${verb} ${type} ${name}`);
const checks = ({ findings }: { findings: { check: string }[] }) => findings.map(({ check }) => check);

describe('DELETE /v1/sites/{domain}?plan=true', () => {
  test('lists what is removed in order, what stays and why, and what has to be approved, and changes nothing', async () => {
    await given();
    const before = await ledger.everything();
    const { status, json } = await remove({ plan: 'true' });
    expect(status).toBe(200);
    expect(verbs(json)).toEqual([
      `delete record ${domain} A`,
      `delete record ${marker.name} TXT`,
      `retain hosted zone ${domain}`,
    ]);
    expect(json.changes.at(-1).message).toMatch(
      /^Leave the hosted zone ZSHOP: it was made for this site.*"deleteZone": true/,
    );
    expect(json.waits.map((wait: { for: string }) => wait.for)).toEqual(['resolvers']);
    expect(json.approval).toMatchObject({ zones: [{ zone: domain, deletions: 1, ours: 1 }] });
    expect(json.findings).toEqual([]);
    expect(await ledger.everything()).toEqual(before);
    expect([acm, ec2, elb, route53].flatMap((mock) => mutations(mock))).toEqual([]);
    expect(states.calls()).toEqual([]);
  });

  test('R15: deletes the zone of the site where it is asked to and nobody is sent there', async () => {
    await given();
    const { json } = await remove({ plan: 'true', body: { deleteZone: true }, delegatedTo: [] });
    expect(verbs(json).at(-1)).toBe(`delete hosted zone ${domain}`);
    expect(checks(json)).toEqual([]);
  });

  test('R16: warns that the zone stays which the parent still delegates to', async () => {
    await given();
    const { json } = await remove({ plan: 'true', body: { deleteZone: true } });
    expect(verbs(json).at(-1)).toBe(`retain hosted zone ${domain}`);
    expect(json.findings).toEqual([
      { severity: 'warning', check: 'zoneStillDelegated', message: expect.stringContaining(nameServer), name: domain },
    ]);
  });

  test('F7: warns of viewers that insist on HTTPS, and for how long', async () => {
    await given();
    await givenStep(ledger, { name: 'ProbeSite', output: { insists: [{ name: domain, seconds: 31_536_000 }] } });
    expect((await remove({ plan: 'true' })).json.findings).toEqual([
      { severity: 'warning', check: 'hstsRemembered', message: expect.stringContaining('for 365 days'), name: domain },
    ]);
  });

  test('says of an operation that runs that it has to end before', async () => {
    await writeSite(ledger, aSiteItem({ site: aSite({ aliases: [] }) }), { over: undefined });
    expect(checks((await remove({ plan: 'true' })).json)).toEqual(['operationRunning']);
  });

  test('answers 400 to what is neither true nor false', async () => {
    await given();
    expect((await remove({ plan: 'yes' })).status).toBe(400);
  });
});

describe('DELETE /v1/sites/{domain}', () => {
  test('S14: is refused with the list that its plan has shown, and begins with that once it is approved', async () => {
    await given();
    const { approval } = (await remove({ plan: 'true' })).json;
    const refused = await remove();
    expect([refused.status, refused.json.approval]).toEqual([409, approval]);
    const { status, json } = await remove({ body: { approve: approval.checksum } });
    expect([status, json.state, json.operation.name]).toEqual([202, 'undoing', 'undo']);
    expect(await operation()).toMatchObject({ name: 'undo', retainsZone: true, deletes: [{ zoneId: 'ZSHOP' }] });
  });

  test('keeps with the operation that the zone goes too', async () => {
    await given();
    const { approval } = (await remove({ plan: 'true', body: { deleteZone: true } })).json;
    expect((await remove({ body: { approve: approval.checksum, deleteZone: true } })).status).toBe(202);
    expect(await operation()).not.toHaveProperty('retainsZone');
  });

  test('takes all of a site back whose change has failed, and not to what was live', async () => {
    await given({
      state: 'held',
      live: aSite({ aliases: [] }),
      last: { name: 'change', execution: 'x', startedAt: liveAt, endedAt: liveAt },
    });
    const { approval } = (await remove({ plan: 'true' })).json;
    await remove({ body: { approve: approval.checksum } });
    expect(await operation()).toMatchObject({ name: 'undo' });
  });

  test('keeps with the operation what is to stay, and all that it needs', async () => {
    await given();
    const body = { keep: ['certificate'] };
    const { approval } = (await remove({ plan: 'true', body })).json;
    await remove({ body: { ...body, approve: approval.checksum } });
    expect(await operation()).toMatchObject({
      keeps: ['certificate', 'validation record', 'hosted zone', 'delegation'],
    });
  });

  test('refuses to delete the zone that what is kept needs', async () => {
    await given();
    const { status, json } = await remove({ body: { keep: ['record'], deleteZone: true } });
    expect([status, json.errors[0].pointer]).toEqual([400, '#/deleteZone']);
  });

  test.each([
    ['{"approve": "yes"}', '#/approve', /^Must be the checksum/],
    ['{"deleteZone": "yes"}', '#/deleteZone', /^Must be true or false, not "yes"$/],
    ['{"keep": ["certificate", "eipalloc-0"]}', '#/keep/1', /^Must be the id of a resource/],
    ['{"everything": true}', '#/everything', /^Is not a field here/],
    ['[]', '#', /^Must be an object, not a list$/],
  ])('answers 400 to %s', async (body, pointer, detail) => {
    await given();
    const { status, json } = await remove({ body });
    expect([status, json.errors]).toEqual([400, [{ pointer, detail: expect.stringMatching(detail) }]]);
  });
});
