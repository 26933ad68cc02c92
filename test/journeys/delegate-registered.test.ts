import { beforeEach, expect, test } from '@jest/globals';
import { anotherInstance } from '../support/another-instance.ts';
import type { Nameplate } from '../support/nameplate.ts';
import { sharedBoot } from '../support/shared-boot.ts';
import { traces } from '../support/traces.ts';

const OLD = '203.0.113.200';

const boot = sharedBoot({ delegatesAfterSeconds: undefined });
let nameplate: Nameplate;
/** The registered domain, which is the site's own. */
let shop: string;
let document: object;
/** The name servers of the other provider. */
let former: string[];
beforeEach(async () => {
  nameplate = boot.nameplate;
  ({ zone: shop } = boot.namesInZone());
  const { otherProvider, registrar, domains, clock } = nameplate.aws;
  otherProvider.addZone(shop);
  otherProvider.enter({ name: shop, type: 'A', values: [OLD] });
  domains.register(shop, { expiresAt: new Date(clock.now().getTime() + 300 * 24 * 3_600_000) });
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

  await nameplate.undo(shop);
  const undone = await nameplate.ended(shop);
  expect([undone.state, undone.left, undone.reason]).toEqual(['undone', undefined, undefined]);
  expect(registrar.delegation(shop)).toEqual(former);
  const at = (step: string) => Date.parse(undone.steps.find(({ name }) => name === step)?.endedAt ?? '');
  expect(at('RemoveZone') - at('RemoveDelegation')).toBeGreaterThanOrEqual(2 * 24 * 3_600_000);
  expect(await nameplate.viewer.addresses(shop)).toEqual([OLD]);
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
