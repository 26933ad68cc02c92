import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { CODES } from '../../domain/doctor/codes.ts';
import { root } from '../support/paths.ts';

const page = readFileSync(join(root, 'docs', 'doctor.md'), 'utf8');

test('the table of findings is what the doctor finds: code, severity, meaning, fix', () => {
  const rows = Object.entries(CODES).map(
    ([code, { severity, meaning, fix }]) => `| \`${code}\` | ${severity} | ${meaning} | ${fix} |`,
  );
  expect(page.split('\n').filter((line) => /^\| `\w+` \| (error|warning|info) \|/.test(line))).toEqual(rows);
});

test('every code of the table is found by some check', () => {
  const checks = globSync('{domain,aws,resources,functions}/**/*.ts', { cwd: root })
    .filter((file) => file !== 'domain/doctor/codes.ts')
    .map((file) => readFileSync(join(root, file), 'utf8'))
    .join('\n');
  expect(Object.keys(CODES).filter((code) => !checks.includes(`'${code}'`))).toEqual([]);
});
