import { describe, expect, test } from '@jest/globals';
import { instanceOf } from '../../../domain/origins/instance.ts';
import { originOf } from '../../../domain/origins/origin.ts';
import { declareSite } from '../../../domain/sites/declare-site.ts';
import { aSite } from '../../support/site.ts';

describe('originOf()', () => {
  const instance = { id: 'i-0123456789abcdef0', port: 8080, healthPath: '/well' };
  const site = aSite({ origin: { instance } });

  test('makes of an instance what a target group registers and what sentences call it', () => {
    expect(originOf(site)).toMatchObject({
      label: 'the instance "i-0123456789abcdef0"',
      port: 8080,
      healthPath: '/well',
      target: { id: instance.id, port: 8080 },
    });
    expect(instanceOf(site)).toEqual(instance);
  });

  test('points at where the document declares it', () => {
    const [error] = declareSite({ ...site, origin: { instance: { ...instance, id: 'web-1' } } }).errors ?? [];
    expect(error?.pointer).toBe(`${originOf(site).pointer}/id`);
  });
});
