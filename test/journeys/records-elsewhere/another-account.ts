import type { HostedZone, ListHostedZonesResponse } from '@aws-sdk/client-route-53';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { derivedExternalId } from '../../../domain/sites/external-id.ts';
import type { SiteView } from '../../../domain/sites/view.ts';
import type { Nameplate, Shown } from '../../support/nameplate.ts';
import { DNS_ACTIONS, OtherAccount, proofSet } from '../../support/other-account.ts';
import type { SharedBoot } from '../../support/shared-boot.ts';
import { traces } from '../../support/traces.ts';

let nameplate: Nameplate;
let theirs: OtherAccount;
let zone: string;
let shop: string;
/** The role in the other account that is of this test. */
let roleName: string;
/** Where the call log is when the test begins. */
let begun: number;

/** Puts the zone in another account, with a role there that lets this stack in by its external id. */
async function withRole(role: { actions?: string[]; externalId?: string } = {}): Promise<object> {
  theirs = await OtherAccount.with(nameplate, zone, { ...role, roleName });
  return nameplate.document(shop, { dns: theirs.dns });
}

/** The records of their zone: "shop.example.test. A". */
async function theirRecords(): Promise<string[]> {
  return (await theirs.records()).map(({ Name, Type }) => `${Name} ${Type}`).sort();
}

/** What Route 53 was asked for by the role in the other account. */
function callsByRole(): string[] {
  const calls = nameplate.aws.calls.since(begun).filter(({ service }) => service === 'route53');
  return calls
    .filter(({ principal }) => principal.includes(`assumed-role/${roleName}/`))
    .map(({ operation }) => operation);
}

const externalId = () => derivedExternalId({ account: nameplate.aws.account, stackName: 'Nameplate' }, undefined);

/** The owner of the zone enters the challenge as it is shown. */
async function prove(): Promise<void> {
  const { records = [] } = (await nameplate.show(shop)) as Shown & Pick<SiteView, 'records'>;
  await theirs.enterWhenFree(...records.map(proofSet));
}

/** The hosted zones of this account. */
async function ourZones(): Promise<HostedZone[] | undefined> {
  return (await nameplate.ask<ListHostedZonesResponse>('route53', 'ListHostedZones')).HostedZones;
}

export function anotherAccount(boot: SharedBoot): void {
  describe('a site whose zone is in another account', () => {
    beforeEach(() => {
      nameplate = boot.nameplate;
      ({ zone, shop } = boot.namesInZone());
      roleName = `nameplate-dns-${zone}`;
      begun = nameplate.aws.calls.mark();
    });

    test('S2: goes live by the role once the name is proven, and is undone by it', async () => {
      const zones = await ourZones();
      const document = await withRole();
      expect((await nameplate.post(document)).status).toBe(202);
      const waiting = await nameplate.waitsIn(shop, 'FindZone');
      await nameplate.aws.clock.advance(600_000);
      expect((await nameplate.show(shop)).waiting[0]?.for).toContain(`Enter _nameplate-challenge.${shop} TXT`);
      // B6: nothing of the other account is read, and so none of it is shown, before the proof.
      expect(callsByRole()).toEqual([]);
      expect(waiting.steps.flatMap(({ made }) => made.filter(({ ours }) => ours))).toEqual([]);
      const before = await theirRecords();
      await prove();

      const live = await nameplate.ended(shop);
      expect([live.state, live.reason]).toEqual(['live', undefined]);
      expect((await nameplate.viewer.https(shop)).status).toBe(200);
      expect(await theirRecords()).toEqual(
        expect.arrayContaining([`${shop}. A`, `${shop}. AAAA`, `_nameplate.${shop}. TXT`]),
      );
      expect(await ourZones()).toEqual(zones);
      const callers = nameplate.aws.calls
        .since(begun)
        .filter(({ service, mutating }) => service === 'route53' && mutating);
      const roles = callers.filter(({ principal }) => !principal.endsWith(':root')).map(({ principal }) => principal);
      expect(new Set(roles)).toEqual(
        new Set([`arn:aws:sts::${nameplate.aws.otherAccount}:assumed-role/${roleName}/nameplate-Nameplate`]),
      );
      const shown = JSON.stringify(await nameplate.show(shop));
      for (const told of [shown, (await nameplate.logLines()).join('\n')]) {
        expect(told).not.toMatch(/SecretAccessKey|SessionToken|ASIA/);
        expect(told).not.toContain(externalId());
      }

      await nameplate.undo(shop);
      expect(await nameplate.ended(shop)).toMatchObject({ state: 'undone' });
      expect(await theirRecords()).toEqual([...before, `_nameplate-challenge.${shop}. TXT`].sort());
      expect(await traces(nameplate, [shop])).toEqual([]);
    });

    test('13: fails over by a health check of this account, and shows the page on request', async () => {
      const document = await withRole();
      const { aws, world, viewer } = nameplate;
      const failover = { page: { title: 'Back at nine' } };
      expect((await nameplate.post({ ...document, failover })).status).toBe(202);
      await nameplate.waitsIn(shop, 'FindZone');
      const before = await theirRecords();
      await prove();
      expect(await nameplate.ended(shop)).toMatchObject({ state: 'live' });
      const pairs = (await theirs.records()).filter(({ Failover }) => Failover !== undefined);
      expect(pairs.map(({ Failover, Type }) => `${Failover} ${Type}`).sort()).toEqual([
        'PRIMARY A',
        'PRIMARY AAAA',
        'SECONDARY A',
        'SECONDARY AAAA',
      ]);
      const seen = async () => (await viewer.https(shop)).status;
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
        const url = `${aws.apiUrl}/v1/sites/${shop}/maintenance`;
        expect((await fetch(url, { method: 'PUT', body: JSON.stringify({ state }) })).status).toBe(202);
        expect(await nameplate.ended(shop)).toMatchObject({ state: 'live' });
        await aws.clock.advance(3 * 60_000);
        expect(await seen()).toBe(status);
      }
      const drilled = await (await fetch(`${aws.apiUrl}/v1/sites/${shop}/drill`, { method: 'POST' })).json();
      expect(drilled).toMatchObject({ ready: true });

      await nameplate.undo(shop);
      expect(await nameplate.ended(shop)).toMatchObject({ state: 'undone' });
      expect(await theirRecords()).toEqual([...before, `_nameplate-challenge.${shop}. TXT`].sort());
    });

    test('S13: is refused with the exact trust policy when the role does not let us in', async () => {
      const document = await withRole({ externalId: 'of-somebody-else' });
      expect(
        await nameplate.post({ ...document, dns: { ...theirs.dns, externalId: 'of-somebody-else' } }),
      ).toMatchObject({
        status: 422,
      });
      expect(nameplate.aws.calls.since(begun).filter(({ service }) => service === 'sts')).toEqual([]);
      const refused = await nameplate.post(document);
      expect(refused.status).toBe(422);
      const { errors } = (await refused.json()) as { errors: { pointer: string; detail: string }[] };
      expect(errors).toEqual([
        {
          pointer: '#/dns/role',
          detail: expect.stringContaining(`"StringEquals":{"sts:ExternalId":"${externalId()}"}`),
        },
      ]);
      expect((await nameplate.show(shop)).state).toBeUndefined();
    });

    test('B6: shows a plan with the records of the zone once the name is proven, and applies it', async () => {
      const document = await withRole();
      const before = await nameplate.plan(document);
      expect(before.changes.filter(({ resource }) => /record|zone/.test(resource.type))).toEqual([]);
      expect(before.waits).toContainEqual(expect.objectContaining({ for: 'your records' }));
      expect(callsByRole()).toEqual([]);
      await theirs.enterWhenFree(...(before.records ?? []).map(proofSet));
      await nameplate.aws.clock.advance(60_000);
      const { id, checksum, changes, waits } = await nameplate.plan(document);
      expect(changes.map(({ resource }) => `${resource.type} ${resource.name}`)).toContain(`record ${shop} A`);
      expect(waits.filter((wait) => wait.for === 'your records')).toEqual([]);
      expect((await nameplate.post({ ...document, plan: { id, checksum } })).status).toBe(202);
      expect((await nameplate.ended(shop)).state).toBe('live');
    });

    test('is told which permission the role lacks, and takes back what it made', async () => {
      const document = await withRole({ actions: DNS_ACTIONS.filter((action) => !action.includes('Change')) });
      expect((await nameplate.post(document)).status).toBe(202);
      await nameplate.waitsIn(shop, 'FindZone');
      await prove();
      const undone = await nameplate.ended(shop);
      expect(undone.state).toBe('undone');
      expect(undone.reason).toMatchObject({
        step: 'WriteValidationRecords',
        error: 'Refused',
        message: expect.stringMatching(
          /assumed-role\/nameplate-dns-[^/]+\/.*not authorized to perform: route53:ChangeResource/,
        ),
      });
    });
  });
}
