import { expect, test } from '@jest/globals';
import { Nameplate } from './nameplate.ts';

test('12: a journey whose second run changes something fails, naming the calls', async () => {
  const nameplate = await Nameplate.boot();
  const { made } = (await nameplate.onboard('shop.example.test', { edge: 'direct' })).steps.flatMap(({ name, made }) =>
    name === 'ReserveAddress' ? [{ made }] : [],
  )[0] ?? { made: [] };
  const { Addresses } = await nameplate.ask<{ Addresses: { AssociationId: string }[] }>('ec2', 'DescribeAddresses', {
    AllocationIds: made.map(({ id }) => id),
  });
  await nameplate.ask('ec2', 'DisassociateAddress', { AssociationId: Addresses[0]?.AssociationId });
  await expect(nameplate.close()).rejects.toThrow(
    '12: the steps for "shop.example.test" a second time made ec2:AssociateAddress',
  );
});
