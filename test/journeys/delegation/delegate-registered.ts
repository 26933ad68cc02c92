import { beforeEach, describe, expect, test } from '@jest/globals';
import { anotherInstance } from '../../support/another-instance.ts';
import type { Nameplate } from '../../support/nameplate.ts';
import type { SharedBoot } from '../../support/shared-boot.ts';
import { traces } from '../../support/traces.ts';

const OLD = '203.0.113.200';
const DAY_MS = 24 * 3_600_000;
const refusal = 'Status FAILED: name servers are not registered at the registry';

let nameplate: Nameplate;
/** The registered domain, which is the site's own. */
let shop: string;
let document: object;
/** The name servers of the other provider. */
let former: string[];

export function delegateRegistered(boot: SharedBoot): void {
  describe('a site whose domain is registered with Route 53', () => {
    beforeEach(async () => {
      nameplate = boot.nameplate;
      ({ zone: shop } = boot.namesInZone());
      const { otherProvider, registrar, domains, clock } = nameplate.aws;
      otherProvider.addZone(shop);
      otherProvider.enter({ name: shop, type: 'A', values: [OLD] });
      domains.register(shop, { expiresAt: new Date(clock.now().getTime() + 300 * DAY_MS) });
      former = registrar.delegation(shop);
      document = { edge: 'direct', origin: { instance: { id: await anotherInstance(nameplate) } }, delegate: true };
    });

    test('#14: a domain that is registered with Route 53 goes from POST to live without a human, and gets its former name servers back', async () => {
      const { registrar } = nameplate.aws;
      const plan = await nameplate.plan(nameplate.document(shop, document));
      const [change] = plan.changes.filter(({ resource: { type } }) => type === 'delegation');
      expect(change).toMatchObject({ verb: 'adopt', phase: 'prepare' });
      expect(change?.message).toContain('at its registrar, Route 53 Domains');
      expect(plan.waits.map(({ for: what }) => what)).not.toContain('delegation');

      await nameplate.post(nameplate.document(shop, document));
      const live = await nameplate.ended(shop);
      expect([live.state, live.reason]).toEqual(['live', undefined]);
      expect(registrar.delegation(shop).toSorted()).toEqual(live.nameServers?.toSorted());
      expect(await nameplate.viewer.addresses(shop)).not.toContain(OLD);

      const again = await nameplate.plan(nameplate.document(shop, document));
      expect(again.changes.map(({ verb }) => verb)).toEqual(again.changes.map(() => 'keep'));
      const leaving = await nameplate.planDelete(shop, { deleteZone: true });
      expect(leaving.changes.map(({ verb, resource }) => `${verb} ${resource.type}`)).toContain('restore delegation');
      expect(await nameplate.check(shop)).toMatchObject({ resources: [] });
      await nameplate.undo(shop);
      const undone = await nameplate.ended(shop);
      expect([undone.state, undone.left, undone.reason]).toEqual(['undone', undefined, undefined]);
      expect(registrar.delegation(shop)).toEqual(former);
      const at = (step: string) => Date.parse(undone.steps.find(({ name }) => name === step)?.endedAt ?? '');
      expect(at('RemoveZone') - at('RemoveDelegation')).toBeGreaterThanOrEqual(2 * 24 * 3_600_000);
      expect(await traces(nameplate, [shop])).toEqual([`${shop} A "${OLD}"`]);
      nameplate.aws.otherProvider.remove(shop, 'A');
      await nameplate.aws.clock.advance(3_600_000);
      expect(await traces(nameplate, [shop])).toEqual([]);
    });

    test('R17: a domain whose keys are associated is not moved, and the refusal says what to do', async () => {
      const { domains } = nameplate.aws;
      domains.get(shop).signed = true;
      const refused = await nameplate.post(nameplate.document(shop, document));
      expect([refused.status, await refused.text()]).toEqual([409, expect.stringContaining('disassociate the keys')]);
      domains.get(shop).signed = false;
      domains.get(shop).statuses.push('serverUpdateProhibited');
      const locked = await nameplate.post(nameplate.document(shop, document));
      expect([locked.status, await locked.text()]).toEqual([409, expect.stringContaining('serverUpdateProhibited')]);
    });

    test('a change that the registry refuses ends the operation with what it says, and is begun anew by resume', async () => {
      const { domains, registrar } = nameplate.aws;
      domains.registries.set(shop, { refuses: refusal });
      await nameplate.post(nameplate.document(shop, { ...document, onFailure: 'hold' }));
      const held = await nameplate.ended(shop);
      expect([held.state, held.reason]).toMatchObject(['held', { step: 'WriteDelegation', error: 'Refused' }]);
      expect(held.reason?.message).toContain(refusal);
      expect(held.reason?.message).toContain('then resume the site');
      expect(registrar.delegation(shop)).toEqual(former);
      expect(await nameplate.viewer.addresses(shop)).toEqual([OLD]);

      domains.registries.delete(shop);
      await nameplate.act(shop, 'resume');
      expect(await nameplate.ended(shop)).toMatchObject({ state: 'live' });

      domains.registries.set(shop, { refuses: refusal });
      await nameplate.undo(shop);
      const stuck = await nameplate.ended(shop);
      expect(stuck.reason).toMatchObject({ step: 'RemoveDelegation', error: 'Refused' });
      expect(stuck.reason?.message).toContain(refusal);
      expect(stuck.reason?.message).toContain(former[0]);
      // R16: the zone stands as long as the world is sent to it.
      expect(registrar.delegation(shop).toSorted()).toEqual(stuck.nameServers?.toSorted());
      expect((await nameplate.records(shop)).length).toBeGreaterThan(0);
      domains.registries.delete(shop);
      await nameplate.undo(shop);
      const undone = await nameplate.ended(shop);
      expect([undone.state, undone.left, undone.reason]).toEqual(['undone', undefined, undefined]);
      expect(registrar.delegation(shop)).toEqual(former);
    });

    test('R16: a change whose answer was lost is known by its operation, and an undo waits for it', async () => {
      const { domains, registrar, faults } = nameplate.aws;
      domains.registries.set(shop, { takesSeconds: 7_200 });
      faults.add({ service: 'route53domains', operation: 'UpdateDomainNameservers', kind: 'kill-after' });
      await nameplate.begin(shop, document);
      await nameplate.waitsIn(shop, 'WriteDelegation');
      await nameplate.aws.clock.advance(600_000);
      expect((await nameplate.show(shop)).waiting[0]?.for).toContain('Route 53 Domains shows it');
      await nameplate.act(shop, 'cancel', '{"then":"undo"}');
      const undone = await nameplate.ended(shop);
      expect([undone.state, undone.left]).toEqual(['undone', undefined]);
      await nameplate.aws.clock.advance(DAY_MS);
      expect(registrar.delegation(shop)).toEqual(former);
    });

    test('R16: a change that takes the registry days is waited for, by an undo too: no zone is deleted that the world is sent to later', async () => {
      const { domains, registrar, clock } = nameplate.aws;
      domains.registries.set(shop, { takesSeconds: 20 * 3_600, flag: 'PENDING_SUPPORT_CASE' });
      await nameplate.begin(shop, document);
      const { waiting } = await nameplate.waitsIn(shop, 'WriteDelegation');
      await clock.advance(6 * 3_600_000);
      const { state, waiting: later } = await nameplate.show(shop);
      expect([state, later[0]?.for]).toEqual(['pending', expect.stringContaining('PENDING_SUPPORT_CASE')]);
      expect(waiting[0]?.step).toBe('WriteDelegation');
      await nameplate.act(shop, 'cancel', '{"then":"undo"}');
      await clock.advance(3_600_000);
      expect((await nameplate.show(shop)).waiting[0]?.step).toBe('RemoveDelegation');
      domains.registries.delete(shop);
      const undone = await nameplate.ended(shop);
      expect([undone.state, undone.left]).toEqual(['undone', undefined]);
      await nameplate.aws.clock.advance(DAY_MS);
      expect(registrar.delegation(shop)).toEqual(former);
    });
  });
}
