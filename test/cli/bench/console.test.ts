import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { packedBytes } from '../../../cli/bench/console.ts';
import { frontEnd } from '../../../cli/console/front-end.ts';
import { BuiltCommand } from '../../support/built-command.ts';

test('the console weighs at most 120 kB gzipped, with all that it loads', () => {
  const command = new BuiltCommand();
  try {
    const files = frontEnd([join(command.folder, 'dist', 'console')]);
    expect([...files.keys()].sort()).toEqual(['/app.css', '/app.js', '/index.html']);
    expect(packedBytes(files)).toBeLessThanOrEqual(120_000);
  } finally {
    command.remove();
  }
});
