import { spawnSync } from 'node:child_process';
import { expect, test } from '@jest/globals';
import { root } from '../support/paths.ts';

test('#13: the demo goes on to an outage, the page of the site and its return, as plain lines in a pipe, and ends with 0', () => {
  const words = ['cli/demo.ts', '--exit', '--speed', '200'];
  const { status, stdout, stderr } = spawnSync(process.execPath, words, { cwd: root, encoding: 'utf8' });
  expect([status, stderr]).toEqual([0, '']);
  expect(stdout).not.toContain('\u001b');
  const [, outage = ''] = /\nOutage\n([\s\S]*?)\n\n/.exec(stdout) ?? [];
  expect([...outage.matchAll(/ s {3}[…✔✖] (.{1,28})/g)].map(([, name = '']) => name.trim())).toEqual([
    'Web server stopped',
    '502 Bad Gateway',
    'Route 53 leads to the page',
    '503 "Closed for a moment"',
    'Web server started',
    'Route 53 leads to the site',
    '200 "The shop"',
  ]);
  for (const figure of ['Request to verified HTTPS', 'Outage to page', 'Recovery to site'])
    expect(stdout).toMatch(new RegExp(`\n {2}${figure} +\\d.* × `));
});

test('#15: with --json the demo prints what it measured and nothing else, and ends', () => {
  const words = ['cli/demo.ts', '--json', '--edge', 'direct', '--speed', '200'];
  const { status, stdout, stderr } = spawnSync(process.execPath, words, { cwd: root, encoding: 'utf8' });
  expect(status).toBe(0);
  const seconds = expect.any(Number);
  const measured = { onboardingSeconds: seconds, boundSeconds: seconds, wallSeconds: seconds };
  expect(JSON.parse(stdout)).toMatchObject({
    domain: 'shop.example.test',
    verified: true,
    scheme: 'http',
    ...measured,
  });
  expect(stderr).toContain('\nProof\n');
});
