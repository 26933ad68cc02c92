import { expect, test } from '@jest/globals';
import { secondRun } from './second-run.ts';
import { bootedOnce, withoutTrouble } from './shared-boot.ts';

const boot = bootedOnce();

test('12: a journey whose second run changes something fails, naming the calls', async () => {
  const { nameplate } = boot;
  const { made } = (await nameplate.onboard('shop.example.test', { edge: 'direct' })).steps.flatMap(({ name, made }) =>
    name === 'ReserveAddress' ? [{ made }] : [],
  )[0] ?? { made: [] };
  const { Addresses } = await nameplate.ask<{ Addresses: { AssociationId: string }[] }>('ec2', 'DescribeAddresses', {
    AllocationIds: made.map(({ id }) => id),
  });
  await nameplate.ask('ec2', 'DisassociateAddress', { AssociationId: Addresses[0]?.AssociationId });
  await expect(secondRun(nameplate)).rejects.toThrow(
    '12: the steps for "shop.example.test" a second time made ec2:AssociateAddress',
  );
});

test('a test that ends in the midst of trouble is told what it left running, and the next finds no trouble', async () => {
  const { nameplate } = boot;
  const { aws, world } = nameplate;
  const web = aws.ec2.web(world.instanceId);
  const blog = 'blog.example.test';
  await nameplate.begin(blog, { edge: 'direct' });
  await nameplate.waitsIn(blog, 'CheckDelegation');
  const [execution] = aws.states.running();
  aws.faults.add({ service: 'route53', operation: '*', kind: 'error-before', lasts: 100 * 3_600 });
  aws.events.faults.add({ kind: 'lose', times: 100 });
  web.fail(500);
  web.insist({ https: 'always' });
  await expect(withoutTrouble(nameplate)).rejects.toThrow(`The test left executions running: ${execution}`);
  await aws.clock.until(async () => (await nameplate.show(blog)).state === 'held');
  await nameplate.act(blog, 'resume');
  expect((await nameplate.ended(blog)).state).toBe('live');
  expect((await nameplate.viewer.http(blog)).status).toBe(200);
});
