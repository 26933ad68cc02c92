import { afterEach, expect, test } from '@jest/globals';
import { SHOP, withExampleZone } from '../support/live-shop.ts';
import type { Nameplate } from '../support/nameplate.ts';
import { picture } from '../support/picture.ts';

let nameplate: Nameplate;
afterEach(() => nameplate.close());

test('A5: where nothing that EC2 and ELB change is seen at once, a site goes live and is undone, and nothing is made twice', async () => {
  nameplate = await withExampleZone({ lagShare: 1, seed: 3 });
  const before = await nameplate.look();
  const { state, reason } = await nameplate.onboard(SHOP, { directName: `direct.${SHOP}` });
  expect({ state, reason }).toEqual({ state: 'live' });
  const made = (await nameplate.look()).map(({ type }) => type);
  for (const type of ['load balancer', 'target group', 'certificate', 'elastic address']) {
    expect([type, made.filter((one) => one === type).length]).toEqual([type, 1]);
  }
  await nameplate.aws.clock.advance(600_000);
  expect((await nameplate.undo(SHOP)).status).toBe(202);
  const undone = await nameplate.ended(SHOP);
  expect({ state: undone.state, reason: undone.reason }).toEqual({ state: 'undone' });
  expect(undone).not.toHaveProperty('left');
  expect(await nameplate.look()).toEqual(before);
});

test('A5: where an instance that was launched is not seen at once, a site gets one of its own, and DELETE leaves nothing of it', async () => {
  nameplate = await withExampleZone({ lagShare: 1, seed: 3 });
  const before = await picture(nameplate);
  const mark = nameplate.aws.calls.mark();
  const newInstance = { type: 't4g.micro', subnet: nameplate.world.subnetIds[0] };
  const { state, reason } = await nameplate.onboard(SHOP, { origin: { newInstance } });
  expect({ state, reason }).toEqual({ state: 'live' });
  expect(nameplate.mutatingCalls(mark).filter((call) => call === 'ec2:RunInstances')).toHaveLength(1);
  await nameplate.delete(SHOP);
  const undone = await nameplate.ended(SHOP);
  expect([undone.state, undone.reason, undone.left]).toEqual(['undone', undefined, undefined]);
  // A terminated instance is described for an hour.
  await nameplate.aws.clock.advance(2 * 3_600_000);
  expect(await picture(nameplate)).toEqual(before);
});
