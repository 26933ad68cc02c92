import { setTimeout as passed } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import type { Context } from 'aws-lambda';
import { loggingHandler } from '../../../../functions/shared/logging/logging-handler.ts';

test('W3: a function whose time is over is ended by Lambda, and answers nothing of its own before', async () => {
  const handler = loggingHandler<object, string>().handler(async () => {
    await passed(30);
    return 'done';
  });
  const context = { getRemainingTimeInMillis: () => 6 } as Context;
  expect(await handler({}, context)).toBe('done');
});
