import {
  DescribeExecutionCommand,
  ExecutionDoesNotExist,
  SFNClient,
  StartExecutionCommand,
  StopExecutionCommand,
} from '@aws-sdk/client-sfn';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import { Resolver } from '../../../../aws/dns/resolver.ts';
import { readEnvironment } from '../../../../aws/environment.ts';
import { readNames } from '../../../../aws/ledger/read-names.ts';
import { readSite, readSiteItem } from '../../../../aws/ledger/read-site.ts';
import { writeSite } from '../../../../aws/ledger/write-site.ts';
import { writeStep } from '../../../../aws/ledger/write-step.ts';
import { challenges } from '../../../../domain/entries/challenge.ts';
import type { Left } from '../../../../domain/ledger/left.ts';
import type { SiteItem } from '../../../../domain/ledger/site-item.ts';
import { UNPROVEN_DAYS } from '../../../../domain/sites/claim-standing.ts';
import type { Site } from '../../../../domain/sites/site.ts';
import { tryClaim } from '../../../../functions/shared/sites/claim-names.ts';
import { claimNames } from '../../../../functions/shared/sites/contested-names.ts';
import { claimantOf } from '../../../../resources/manual-record/manual-records.ts';
import { useLedger } from '../../../support/ledger.ts';
import { a, NameServers, ns, soa } from '../../../support/name-servers.ts';
import { aSettledSiteItem, aSite, aSiteItem, aStepItem } from '../../../support/site.ts';

const ledger = useLedger();
const states = mockClient(SFNClient);
const DOMAIN = 'shop.example.test';
const ABOVE = 'example.test';
const AT = '2026-11-22T12:00:00.000Z';
const minutesLater = new Date('2026-11-22T12:10:00Z');
const daysLater = (days: number) => new Date(Date.parse(AT) + days * 24 * 3_600_000);
const globex = aSite({ domain: DOMAIN, aliases: [], tenant: 'globex', dns: 'external' });
let world: NameServers | undefined;
let texts: Map<string, string>;
/** The zone that holds the names, and its name servers. */
let zone: string;
let delegatedTo: string[];

beforeEach(async () => {
  states.reset();
  states.on(StartExecutionCommand).resolves({});
  states.on(StopExecutionCommand).resolves({});
  states.on(DescribeExecutionCommand).resolves({ status: 'RUNNING' });
  texts = new Map();
  zone = ABOVE;
  delegatedTo = ['ns1.other-dns.net'];
  world = await NameServers.start({
    '198.41.0.4': ({ name }) =>
      name.endsWith(zone)
        ? {
            authorities: delegatedTo.map((server) => ns(zone, server)),
            additionals: delegatedTo.map((server) => a(server, '198.51.100.61')),
          }
        : { authoritative: true, authorities: [soa('')] },
    '198.51.100.61': ({ name, type }) => {
      const text = type === 'TXT' ? texts.get(name) : undefined;
      return text === undefined
        ? { authoritative: true, authorities: [soa(zone)] }
        : { answers: [{ type: 'TXT', name, ttl: 60, data: text }] };
    },
  });
});
afterEach(() => world?.stop());

/** Has the provider answer the challenge of a site. */
function prove(site: Site): void {
  for (const { name, values } of challenges(site, claimantOf(readEnvironment(), site)))
    texts.set(name, values[0] ?? '');
}

/** A site of the ledger that has claimed its names. */
async function given(item: SiteItem): Promise<void> {
  await tryClaim(ledger, item.site, { request: `request-of-${item.domain}`, now: new Date(AT) });
  await writeSite(ledger, item, { over: undefined });
}

function claim(site: Site, now = minutesLater): Promise<unknown> {
  const { connect } = world as NameServers;
  const newResolver = () => new Resolver({ connect });
  return claimNames(ledger, site, { request: 'request-of-globex', environment: readEnvironment(), newResolver, now });
}

const holder = async (name = DOMAIN) => (await readNames(ledger, [name])).get(name)?.claim?.tenant;
const yielding = {
  problem: { type: 'urn:nameplate:problem:name-yielding', status: 409 },
  headers: { 'retry-after': '60' },
};

describe('B3: S2: an unproven claim of another tenant', () => {
  const waiting = aSiteItem({ site: aSite({ domain: DOMAIN, aliases: [], tenant: 'acme', dns: 'external' }) });
  const { operation: _, ...idle } = waiting;
  const held: SiteItem = { ...idle, state: 'held' };

  test('keeps the name from those who have no proof either, and says which record proves it', async () => {
    await given(waiting);
    const before = await ledger.everything();
    await expect(claim(globex)).rejects.toMatchObject({
      problem: { type: 'urn:nameplate:problem:name-taken', errors: [{ pointer: '#/domain' }] },
      message: expect.stringMatching(
        /not proven it; if the name is yours, enter _nameplate-challenge\.shop\.example\.test TXT/,
      ),
    });
    expect(await ledger.everything()).toEqual(before);
  });

  test('yields to proof: its operation ends with a reason, what it made is taken back, and then the name is free', async () => {
    await given(waiting);
    prove(globex);
    await expect(claim(globex)).rejects.toMatchObject(yielding);
    expect(states.commandCalls(StopExecutionCommand)).toHaveLength(1);
    const undoing = await readSiteItem(ledger, DOMAIN);
    expect(undoing).toMatchObject({
      state: 'undoing',
      revision: 2,
      operation: { name: 'undo' },
      reason: { error: 'Unproven', message: expect.stringContaining('declare the site again') },
    });
    expect(JSON.stringify(await readSite(ledger, DOMAIN, { timeline: { limit: 100 } }))).not.toContain('globex');
    // While it is taken back, nothing else begins.
    await expect(claim(globex)).rejects.toMatchObject(yielding);
    const { operation: __, ...undone } = undoing as SiteItem;
    await writeSite(ledger, { ...undone, state: 'undone' }, { over: undoing });
    await claim(globex);
    expect(await holder()).toBe('globex');
  });

  test('A7: is taken back by the next request when the workflow could not be started for the first one', async () => {
    await given(held);
    prove(globex);
    states.on(DescribeExecutionCommand).rejects(new ExecutionDoesNotExist({ message: 'None', $metadata: {} }));
    const throttled = Object.assign(new Error('Rate exceeded'), { name: 'ThrottlingException', $metadata: {} });
    states.on(StartExecutionCommand).rejectsOnce(throttled).resolves({});
    await expect(claim(globex)).rejects.toMatchObject({ name: 'ThrottlingException' });
    await expect(claim(globex)).rejects.toMatchObject(yielding);
    const { operation } = (await readSiteItem(ledger, DOMAIN)) as SiteItem;
    const names = states.commandCalls(StartExecutionCommand).map(({ args }) => args[0].input.name);
    expect(names).toEqual([operation?.execution, operation?.execution]);
  });

  test.each([
    ['above', ABOVE, DOMAIN],
    ['below', DOMAIN, ABOVE],
  ])('yields a name %s the proven one as well', async (_where, theirs, mine) => {
    const site = aSite({ domain: theirs, aliases: [], tenant: 'acme', dns: 'external' });
    await given({ ...held, domain: theirs, site });
    const wanted = { ...globex, domain: mine };
    await expect(claim(wanted)).rejects.toMatchObject({ problem: { type: 'urn:nameplate:problem:name-overlaps' } });
    prove(wanted);
    await expect(claim(wanted)).rejects.toMatchObject(yielding);
    expect(await readSiteItem(ledger, theirs)).toMatchObject({ state: 'undoing' });
  });

  test('lapses, and then needs no other proof', async () => {
    await given(held);
    await expect(claim(globex, daysLater(UNPROVEN_DAYS - 1))).rejects.toThrow('not proven');
    await expect(claim(globex, daysLater(UNPROVEN_DAYS + 1))).rejects.toMatchObject(yielding);
  });

  test('of an alias that a live site adds yields as well: the site goes back to what was live', async () => {
    const live = aSite({ domain: 'acme.test', aliases: [], tenant: 'acme', dns: 'external' });
    const change = { name: 'change', execution: 'acme_test-r1-change', startedAt: AT } as const;
    const site = { ...live, aliases: [DOMAIN] };
    await given({ ...waiting, domain: 'acme.test', site, live, liveAt: AT, state: 'changing', operation: change });
    prove(globex);
    await expect(claim(globex)).rejects.toMatchObject(yielding);
    expect(await readSiteItem(ledger, 'acme.test')).toMatchObject({ site: live, former: [DOMAIN] });
    await expect(claim({ ...globex, domain: 'acme.test' })).rejects.toThrow('another tenant has it');
  });

  test.each([`_nameplate-challenge.${ABOVE}`, `_nameplate-challenge.${DOMAIN}`, DOMAIN])(
    'is kept for 30 days once "%s" proved it',
    async (proof) => {
      const site = aSite({ domain: 'acme.test', aliases: [DOMAIN], tenant: 'acme' });
      await given({ ...held, domain: 'acme.test', site, proven: { [proof]: AT } });
      prove(globex);
      await expect(claim(globex)).rejects.toThrow('another tenant has it');
      await expect(claim(globex, daysLater(31))).rejects.toMatchObject(yielding);
    },
  );
});

describe('B2: S1: S2: the claim of a site whose undo left its hosted zone', () => {
  const site = aSite({ domain: DOMAIN, aliases: [], tenant: 'acme' });
  const left: Left[] = [{ type: 'hosted zone', id: 'ZSHOP', why: 'it is still delegated to' }];
  beforeEach(async () => {
    zone = DOMAIN;
    await given(aSettledSiteItem({ site, state: 'undone', left, liveAt: AT }));
    const output = { nameServers: ['ns-1.awsdns-01.com'], zones: [] };
    await writeStep(ledger, DOMAIN, aStepItem('FindZone', { output }));
  });

  test('lasts as long as the world is sent to the zone', async () => {
    delegatedTo = ['ns-1.awsdns-01.com'];
    await expect(claim({ ...globex, dns: 'route53' })).rejects.toThrow('not proven it; if the name is yours, enter');
    await expect(claim({ ...globex, domain: ABOVE }, daysLater(60))).rejects.toThrow('not proven');
    expect(await holder()).toBe('acme');
  });

  test('yields to proof', async () => {
    delegatedTo = ['ns-1.awsdns-01.com'];
    prove(globex);
    await claim(globex);
    expect(await holder()).toBe('globex');
  });

  test('ends once the name is delegated elsewhere', async () => {
    await claim(globex);
    expect(await holder()).toBe('globex');
  });

  test('does not keep the name from other sites of the same tenant', async () => {
    delegatedTo = ['ns-1.awsdns-01.com'];
    await claim(aSite({ domain: 'acme.test', aliases: [DOMAIN], tenant: 'acme' }));
    expect((await readNames(ledger, [DOMAIN])).get(DOMAIN)?.claim?.domain).toBe('acme.test');
  });
});
