import { expect, test } from '@jest/globals';
import { targetGroupName, targetGroupPrefix } from '../../../domain/load-balancers/target-group.ts';
import { aSite } from '../../support/site.ts';

const asking = (healthPath: string, port = 80) =>
  targetGroupName(aSite({ origin: { instance: { id: 'i-0123456789abcdef0', port, healthPath } } }));

test('L9: targetGroupName() is short enough, begins as all of the site do, and is another one for another health path alone', () => {
  const name = asking('/');
  expect(name).toMatch(/^[a-z0-9-]{1,32}$/);
  expect(name.startsWith(targetGroupPrefix(aSite().domain))).toBe(true);
  expect(asking('/', 8080)).toBe(name);
  expect(asking('/well')).not.toBe(name);
});
