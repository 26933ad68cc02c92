import { describe, expect, test } from '@jest/globals';
import { separateSeen } from '../../../domain/plans/reference.ts';

const plan = { id: '0123456789abcdef', checksum: 'a'.repeat(64) };

describe('separateSeen()', () => {
  test('takes the plan out of the document', () => {
    expect(separateSeen({ domain: 'shop.example.test', plan })).toEqual({
      document: { domain: 'shop.example.test' },
      seen: { plan },
      errors: [],
    });
  });

  test.each([[{ domain: 'shop.example.test' }], [null], ['text'], [[1]]])('leaves %j as it is', (document) => {
    expect(separateSeen(document)).toEqual({ document, seen: {}, errors: [] });
  });

  test.each([
    [{ ...plan, id: 'X' }, '#/plan/id', 'Must be the id of a plan, as the plan has it'],
    [{ id: plan.id }, '#/plan/checksum', 'Is missing'],
    ['0123456789abcdef', '#/plan', 'Must be an object'],
  ])('says where a plan is wrong: %j', (wrong, pointer, detail) => {
    const { errors } = separateSeen({ plan: wrong });
    expect(errors).toEqual([{ pointer, detail: expect.stringContaining(detail) }]);
  });
});
