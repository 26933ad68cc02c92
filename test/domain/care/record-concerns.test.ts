import { expect, test } from '@jest/globals';
import { recordConcerns } from '../../../domain/care/record-concerns.ts';

const told = (changes: string[]) => recordConcerns('shop.example.com', changes, 'records');

test('recordConcerns() says of records that others have changed how many, and lists them beneath', () => {
  const create = ['Create shop.example.com A', 'Create shop.example.com AAAA'];
  expect(told(create)).toMatchObject([
    {
      code: 'recordsChanged',
      subject: 'shop.example.com',
      message: '2 records are not as declared',
      evidence: create.map((each) => `to be as declared: ${each}`),
    },
  ]);
  expect(told(create.slice(1))).toMatchObject([{ message: 'A record is not as declared' }]);
});

test('recordConcerns() has none where all records are as declared', () => {
  expect(told([])).toEqual([]);
});
