import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { root } from '../support/paths.ts';

test('2: no function writes a record over whatever stands there (R6)', () => {
  const files = ['aws', 'resources', 'functions', 'domain'].flatMap((room) =>
    readdirSync(join(root, room), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .map((name) => join(room, name)),
  );
  expect(files.length).toBeGreaterThan(100);
  const upserting = files.filter((file) => /['"`]UPSERT['"`]/.test(readFileSync(join(root, file), 'utf8')));
  expect(upserting).toEqual([]);
});
