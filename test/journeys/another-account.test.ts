import type { ListHostedZonesResponse } from '@aws-sdk/client-route-53';
import { afterEach, describe, expect, test } from '@jest/globals';
import { derivedExternalId } from '../../domain/sites/external-id.ts';
import type { SiteView } from '../../domain/sites/view.ts';
import { Nameplate, type Shown } from '../support/nameplate.ts';
import { DNS_ACTIONS, OtherAccount, proofSet } from '../support/other-account.ts';
import { traces } from '../support/traces.ts';

const ZONE = 'example.test';
const SHOP = 'shop.example.test';

let nameplate: Nameplate;
let theirs: OtherAccount;
afterEach(() => nameplate.close());

/** Boots with the zone in another account, and a role there that lets this stack in by its external id. */
async function bootWithRole(role: { actions?: string[]; externalId?: string } = {}): Promise<object> {
  nameplate = await Nameplate.boot();
  theirs = await OtherAccount.with(nameplate, ZONE, role);
  return nameplate.document(SHOP, { dns: theirs.dns });
}

/** The records of their zone: "shop.example.test. A". */
async function theirRecords(): Promise<string[]> {
  return (await theirs.records()).map(({ Name, Type }) => `${Name} ${Type}`).sort();
}

/** What Route 53 was asked for by the role in the other account. */
function callsByRole(): string[] {
  const calls = nameplate.aws.calls.since(0).filter(({ service }) => service === 'route53');
  return calls
    .filter(({ principal }) => principal.includes('assumed-role/nameplate-dns'))
    .map(({ operation }) => operation);
}

const externalId = () => derivedExternalId({ account: nameplate.aws.account, stackName: 'Nameplate' }, undefined);

/** The owner of the zone enters the challenge as it is shown. */
async function prove(): Promise<void> {
  const { records = [] } = (await nameplate.show(SHOP)) as Shown & Pick<SiteView, 'records'>;
  await theirs.enterWhenFree(...records.map(proofSet));
}

describe('a site whose zone is in another account', () => {
  test('S2: goes live by the role once the name is proven, and is undone by it', async () => {
    const document = await bootWithRole();
    expect((await nameplate.post(document)).status).toBe(202);
    const waiting = await nameplate.waitsIn(SHOP, 'FindZone');
    await nameplate.aws.clock.advance(600_000);
    expect((await nameplate.show(SHOP)).waiting[0]?.for).toContain(`Enter _nameplate-challenge.${SHOP} TXT`);
    // B6: nothing of the other account is read, and so none of it is shown, before the proof.
    expect(callsByRole()).toEqual([]);
    expect(waiting.steps.flatMap(({ made }) => made.filter(({ ours }) => ours))).toEqual([]);
    const before = await theirRecords();
    await prove();

    const live = await nameplate.ended(SHOP);
    expect([live.state, live.reason]).toEqual(['live', undefined]);
    expect((await nameplate.viewer.https(SHOP)).status).toBe(200);
    expect(await theirRecords()).toEqual(
      expect.arrayContaining([`${SHOP}. A`, `${SHOP}. AAAA`, `_nameplate.${SHOP}. TXT`]),
    );
    expect((await nameplate.ask<ListHostedZonesResponse>('route53', 'ListHostedZones')).HostedZones).toEqual([]);
    const callers = nameplate.aws.calls.since(0).filter(({ service, mutating }) => service === 'route53' && mutating);
    const roles = callers.filter(({ principal }) => !principal.endsWith(':root')).map(({ principal }) => principal);
    expect(new Set(roles)).toEqual(
      new Set([`arn:aws:sts::${nameplate.aws.otherAccount}:assumed-role/nameplate-dns/nameplate-Nameplate`]),
    );
    const shown = JSON.stringify(await nameplate.show(SHOP));
    for (const told of [shown, (await nameplate.logLines()).join('\n')]) {
      expect(told).not.toMatch(/SecretAccessKey|SessionToken|ASIA/);
      expect(told).not.toContain(externalId());
    }

    await nameplate.undo(SHOP);
    expect(await nameplate.ended(SHOP)).toMatchObject({ state: 'undone' });
    expect(await theirRecords()).toEqual([...before, `_nameplate-challenge.${SHOP}. TXT`].sort());
    expect(await traces(nameplate, [SHOP])).toEqual([]);
  });

  test('13: fails over by a health check of this account, and shows the page on request', async () => {
    nameplate = await Nameplate.boot();
    theirs = await OtherAccount.with(nameplate, ZONE);
    const { aws, world, viewer } = nameplate;
    const failover = { page: { title: 'Back at nine' } };
    expect((await nameplate.post(nameplate.document(SHOP, { dns: theirs.dns, failover }))).status).toBe(202);
    await nameplate.waitsIn(SHOP, 'FindZone');
    const before = await theirRecords();
    await prove();
    expect(await nameplate.ended(SHOP)).toMatchObject({ state: 'live' });
    const pairs = (await theirs.records()).filter(({ Failover }) => Failover !== undefined);
    expect(pairs.map(({ Failover, Type }) => `${Failover} ${Type}`).sort()).toEqual([
      'PRIMARY A',
      'PRIMARY AAAA',
      'SECONDARY A',
      'SECONDARY AAAA',
    ]);
    const seen = async () => (await viewer.https(SHOP)).status;
    aws.ec2.web(world.instanceId).stop();
    await aws.clock.advance(6 * 60_000);
    expect(await seen()).toBe(503);
    aws.ec2.web(world.instanceId).start();
    await aws.clock.advance(6 * 60_000);
    expect(await seen()).toBe(200);

    for (const [state, status] of [
      ['on', 503],
      ['off', 200],
    ] as const) {
      const url = `${aws.apiUrl}/v1/sites/${SHOP}/maintenance`;
      expect((await fetch(url, { method: 'PUT', body: JSON.stringify({ state }) })).status).toBe(202);
      expect(await nameplate.ended(SHOP)).toMatchObject({ state: 'live' });
      await aws.clock.advance(3 * 60_000);
      expect(await seen()).toBe(status);
    }
    const drilled = await (await fetch(`${aws.apiUrl}/v1/sites/${SHOP}/drill`, { method: 'POST' })).json();
    expect(drilled).toMatchObject({ ready: true });

    await nameplate.undo(SHOP);
    expect(await nameplate.ended(SHOP)).toMatchObject({ state: 'undone' });
    expect(await theirRecords()).toEqual([...before, `_nameplate-challenge.${SHOP}. TXT`].sort());
  });

  test('S13: is refused with the exact trust policy when the role does not let us in', async () => {
    const document = await bootWithRole({ externalId: 'of-somebody-else' });
    expect(await nameplate.post({ ...document, dns: { ...theirs.dns, externalId: 'of-somebody-else' } })).toMatchObject(
      {
        status: 422,
      },
    );
    expect(nameplate.aws.calls.since(0).filter(({ service }) => service === 'sts')).toEqual([]);
    const refused = await nameplate.post(document);
    expect(refused.status).toBe(422);
    const { errors } = (await refused.json()) as { errors: { pointer: string; detail: string }[] };
    expect(errors).toEqual([
      {
        pointer: '#/dns/role',
        detail: expect.stringContaining(`"StringEquals":{"sts:ExternalId":"${externalId()}"}`),
      },
    ]);
    expect((await nameplate.show(SHOP)).state).toBeUndefined();
  });

  test('B6: shows a plan with the records of the zone once the name is proven, and applies it', async () => {
    const document = await bootWithRole();
    const before = await nameplate.plan(document);
    expect(before.changes.filter(({ resource }) => /record|zone/.test(resource.type))).toEqual([]);
    expect(before.waits).toContainEqual(expect.objectContaining({ for: 'your records' }));
    expect(callsByRole()).toEqual([]);
    await theirs.enterWhenFree(...(before.records ?? []).map(proofSet));
    await nameplate.aws.clock.advance(60_000);
    const { id, checksum, changes, waits } = await nameplate.plan(document);
    expect(changes.map(({ resource }) => `${resource.type} ${resource.name}`)).toContain(`record ${SHOP} A`);
    expect(waits.filter((wait) => wait.for === 'your records')).toEqual([]);
    expect((await nameplate.post({ ...document, plan: { id, checksum } })).status).toBe(202);
    expect((await nameplate.ended(SHOP)).state).toBe('live');
  });

  test('is told which permission the role lacks, and takes back what it made', async () => {
    const document = await bootWithRole({ actions: DNS_ACTIONS.filter((action) => !action.includes('Change')) });
    expect((await nameplate.post(document)).status).toBe(202);
    await nameplate.waitsIn(SHOP, 'FindZone');
    await prove();
    const undone = await nameplate.ended(SHOP);
    expect(undone.state).toBe('undone');
    expect(undone.reason).toMatchObject({
      step: 'WriteValidationRecords',
      error: 'Refused',
      message: expect.stringMatching(
        /assumed-role\/nameplate-dns\/.*not authorized to perform: route53:ChangeResource/,
      ),
    });
  });
});
