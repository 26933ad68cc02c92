import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { anotherInstance } from '../../support/another-instance.ts';
import type { Nameplate } from '../../support/nameplate.ts';
import type { SharedBoot } from '../../support/shared-boot.ts';
import { giveInstance } from '../../support/tenant-tags.ts';

const MINUTE = 60_000;

export function limits(boot: SharedBoot): void {
  describe('limits', () => {
    let nameplate: Nameplate;
    let shop: string;
    /** A site without a load balancer on an instance of its own: the world's may have an address already. */
    let direct: { edge: string; origin: { instance: { id: string } } };
    beforeEach(async () => {
      nameplate = boot.nameplate;
      ({ shop } = boot.names());
      direct = { edge: 'direct', origin: { instance: { id: await anotherInstance(nameplate) } } };
    });

    describe('the kill switch', () => {
      afterEach(() => flip('allowed'));

      test('S14: stops an onboarding within a minute and holds it; released and resumed, the site is live', async () => {
        const begin = nameplate.aws.calls.mark();
        await nameplate.post(nameplate.document(shop, direct));
        await nameplate.waitsIn(shop, 'CheckDelegation');
        await flip('stopped');
        await nameplate.aws.clock.advance(MINUTE);
        const mark = nameplate.aws.calls.mark();
        const held = await nameplate.ended(shop);
        expect(held).toMatchObject({ state: 'held', reason: { error: 'Stopped' } });
        expect(held.reason?.message).toMatch(/is "stopped". Set it to "allowed", then resume the site$/);
        await nameplate.aws.clock.advance(10 * MINUTE);
        expect(worldChanges(mark)).toEqual([]);

        const plan = await fetch(`${nameplate.aws.apiUrl}/v1/plans`, {
          method: 'POST',
          body: JSON.stringify(nameplate.document(`blog.${shop}`)),
        });
        expect(plan.status).toBe(200);
        for (const answer of [
          await nameplate.act(shop, 'resume'),
          await nameplate.undo(shop),
          await nameplate.post(nameplate.document(`blog.${shop}`)),
        ]) {
          expect([answer.status, await answer.json()]).toMatchObject([
            503,
            { type: 'urn:nameplate:problem:changes-stopped' },
          ]);
        }
        expect(worldChanges(mark)).toEqual([]);

        await flip('allowed');
        expect((await nameplate.act(shop, 'resume')).status).toBe(202);
        expect((await nameplate.ended(shop)).state).toBe('live');
        const zones = nameplate.aws.calls.since(begin).filter(({ operation }) => operation === 'CreateHostedZone');
        expect(zones).toHaveLength(1);
        expect((await nameplate.viewer.http(shop)).status).toBe(200);
      });

      test('S14: an undo that runs is held, and goes on where it stood', async () => {
        await nameplate.onboard(shop, { ...direct, onFailure: 'undo' });
        await nameplate.undo(shop);
        await nameplate.waitsIn(shop, 'AwaitRemoval');
        await flip('a word that nobody knows');
        const mark = nameplate.aws.calls.mark();
        await nameplate.aws.clock.advance(MINUTE);
        const held = await nameplate.ended(shop);
        expect(held).toMatchObject({ state: 'held', reason: { error: 'Stopped' } });
        expect(worldChanges(mark)).toEqual([]);
        await flip('allowed');
        await nameplate.act(shop, 'resume');
        expect((await nameplate.ended(shop)).state).toBe('undone');
      });

      /** As a person does it: `aws ssm put-parameter --overwrite`. */
      async function flip(Value: string): Promise<void> {
        const Name = nameplate.aws.outputs['KillSwitch'];
        await nameplate.ask('ssm', 'PutParameter', { Name, Value, Overwrite: true });
      }

      /** The calls of functions that changed something outside the ledger. */
      function worldChanges(mark: number): string[] {
        return nameplate
          .mutatingCalls(mark)
          .filter((call) => !/^(dynamodb|states|logs|events|sns|lambda|xray|ssm):/.test(call));
      }
    });

    describe('the limits of a blast', () => {
      test('S14: invariant 17: an undo of a live site needs approval, and a stale one is refused', async () => {
        await nameplate.onboard(shop, { ...direct, aliases: [`www.${shop}`] });
        const mark = nameplate.aws.calls.mark();
        const refused = await ask('undo');
        expect(refused).toMatchObject({
          type: 'urn:nameplate:problem:needs-approval',
          approval: { zones: [{ zone: shop, deletions: 2, ours: 2 }], limits: { deletions: 5, percent: 30 } },
          errors: [
            { detail: expect.stringContaining(`Delete ${shop} A `) },
            { detail: expect.stringContaining('Delete www.') },
          ],
        });
        expect(nameplate.mutatingCalls(mark).filter((call) => call.startsWith('route53:'))).toEqual([]);

        await changeByHand(`www.${shop}`);
        const stale = await ask('undo', refused.approval.checksum);
        expect(stale.detail).toContain('the list is not the one that was approved');
        expect(stale.errors).toMatchObject([
          { detail: expect.stringContaining(`Delete ${shop} A `) },
          // The record that came keeps the zone, which was made for the site.
          { detail: expect.stringContaining('Retain the hosted zone') },
        ]);
        expect((await nameplate.viewer.http(shop)).status).toBe(200);

        const accepted = await nameplate.act(shop, 'undo', JSON.stringify({ approve: stale.approval.checksum }));
        expect(accepted.status).toBe(202);
        const undone = await nameplate.ended(shop);
        expect(undone).toMatchObject({ state: 'undone' });
        expect(undone.left).toContainEqual(expect.objectContaining({ id: `www.${shop} A` }));
      });

      async function ask(action: 'undo', approve?: string) {
        const answer = await nameplate.act(shop, action, approve && JSON.stringify({ approve }));
        expect(answer.status).toBe(409);
        return (await answer.json()) as {
          detail: string;
          errors: { detail: string }[];
          approval: { checksum: string };
        };
      }

      /** Somebody points a name elsewhere. */
      async function changeByHand(name: string): Promise<void> {
        const before = (await nameplate.records(shop)).find(({ Name, Type }) => Name === `${name}.` && Type === 'A');
        const after = { ...before, ResourceRecords: [{ Value: '203.0.113.200' }] };
        const { HostedZones = [] } = await nameplate.ask<{ HostedZones?: { Id: string; Name: string }[] }>(
          'route53',
          'ListHostedZones',
        );
        await nameplate.ask('route53', 'ChangeResourceRecordSets', {
          HostedZoneId: HostedZones.find((zone) => zone.Name === `${shop}.`)?.Id,
          ChangeBatch: {
            Changes: [
              { Action: 'DELETE', ResourceRecordSet: before },
              { Action: 'CREATE', ResourceRecordSet: after },
            ],
          },
        });
        await nameplate.aws.clock.advance(2 * MINUTE);
      }
    });

    describe('tenants', () => {
      let zone: string;
      beforeEach(() => {
        ({ zone, shop } = boot.namesInZone());
      });

      test("S2: invariant 19: a name above another tenant's is refused without naming the tenant, and asks for a proof while its zone is left", async () => {
        const declare = (domain: string, tenant?: string) => nameplate.post(document(domain, tenant));
        await refusesUntaggedInstance();
        await giveInstance(nameplate, 'acme', direct.origin.instance.id);
        theirs = await anotherInstance(nameplate);
        await giveInstance(nameplate, 'globex', theirs);
        const listed = await nameplate.domains();
        await nameplate.onboard(shop, { ...direct, tenant: 'acme' });
        const mark = nameplate.aws.calls.mark();
        for (const [domain, tenant] of [
          [zone, 'globex'],
          [zone, undefined],
          [`deep.${shop}`, 'globex'],
        ] as const) {
          const refused = await declare(domain, tenant);
          const problem = (await refused.json()) as { type: string; detail: string };
          expect([refused.status, problem.type]).toEqual([409, 'urn:nameplate:problem:name-overlaps']);
          expect(problem.detail).toContain(`"${shop}"`);
          expect(JSON.stringify(problem)).not.toContain('acme');
        }
        expect(nameplate.mutatingCalls(mark).filter((call) => !call.startsWith('dynamodb:'))).toEqual([]);
        expect(await (await declare(shop, 'globex')).json()).toMatchObject({
          type: 'urn:nameplate:problem:name-taken',
        });
        const as = (tenant: string) => fetch(`${nameplate.aws.apiUrl}/v1/sites/${shop}?tenant=${tenant}`);
        expect([(await as('acme')).status, (await as('globex')).status]).toEqual([200, 404]);
        expect(await overlaps('globex')).toEqual([expect.stringContaining(`"${shop}" lies below it`)]);
        expect(await overlaps('acme')).toEqual([]);
        const { sites } = (await (await fetch(`${nameplate.aws.apiUrl}/v1/sites`)).json()) as {
          sites: { domain: string }[];
        };
        expect(sites.filter(({ domain }) => !listed.includes(domain))).toMatchObject([
          { domain: shop, tenant: 'acme' },
        ]);
        expect((await nameplate.undo(shop)).status).toBe(202);
        expect((await nameplate.ended(shop)).state).toBe('undone');
        // B2: the undo leaves the hosted zone, which is delegated still, and with it the claim.
        expect(await overlaps('globex')).toEqual([expect.stringContaining(`enter _nameplate-challenge.${zone} TXT`)]);
        expect(await overlaps('acme')).toEqual([]);
      });

      /** The instance of "globex". */
      let theirs: string;

      /** A site of a tenant on its own instance. */
      function document(domain: string, tenant?: string): object {
        const origin = tenant === 'globex' ? { origin: { instance: { id: theirs } } } : {};
        return nameplate.document(domain, { ...direct, ...(tenant && { tenant }), ...origin });
      }

      /** B4: by the very command that the refusal gives, it becomes the tenant's. */
      async function refusesUntaggedInstance(): Promise<void> {
        const refused = await nameplate.post(document(shop, 'acme'));
        expect(refused.status).toBe(422);
        const { errors } = (await refused.json()) as { errors: { detail: string }[] };
        expect(errors[0]?.detail).toContain(
          `aws ec2 create-tags --resources ${direct.origin.instance.id} --tags Key=nameplate:tenant,Value=acme`,
        );
      }

      /** What a plan for the name above says of names in the way. */
      async function overlaps(tenant: string): Promise<string[]> {
        const { findings } = await nameplate.plan(document(zone, tenant));
        return findings.filter(({ check }) => check === 'nameOverlaps').map(({ message }) => message);
      }
    });
  });
}
