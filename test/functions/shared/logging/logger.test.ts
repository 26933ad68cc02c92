import { expect, test } from '@jest/globals';
import { withoutSecrets } from '../../../../functions/shared/logging/logger.ts';

const line = (fields: object) => JSON.parse(JSON.stringify(fields, withoutSecrets));

test('S12: a log line holds no task token and no other secret', () => {
  const fields = { taskToken: 'AAAA', event: { token: 'BBBB', domain: 'shop.example.test' }, privateKey: 'CCCC' };
  expect(line(fields)).toEqual({
    taskToken: '[secret]',
    event: { token: '[secret]', domain: 'shop.example.test' },
    privateKey: '[secret]',
  });
});

test('S10: a log line holds no control characters and no long field', () => {
  expect(line({ message: 'a\nb' })).toEqual({ message: 'a\\u{a}b' });
  expect(Buffer.byteLength(line({ message: 'x'.repeat(5_000) }).message)).toBe(1_024);
});
