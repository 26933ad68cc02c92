import { expect, test } from '@jest/globals';
import { App } from 'aws-cdk-lib';
import { contextNumber } from '../../infra/context-number.ts';

const number = (given: unknown) =>
  contextNumber(new App({ context: given === undefined ? {} : { limit: given } }), 'limit', {
    byDefault: 50,
    most: 100,
  });

test('B10: contextNumber() reads what is given at deployment', () => {
  expect([number(undefined), number('7'), number(100)]).toEqual([50, 7, 100]);
});

test.each(['0', '101', '-1', '1.5', 'many', ''])('B10: contextNumber() refuses %j with what it may be', (given) => {
  expect(() => number(given)).toThrow('Cannot deploy with "limit"');
});
