import { spawnSync } from 'node:child_process';
import { expect, test } from '@jest/globals';
import { BuiltCommand } from '../support/built-command.ts';
import { root } from '../support/paths.ts';
import { Transcripts } from '../support/transcripts.ts';

test('#13: the demo goes on to an outage, the page of the site and its return, as plain lines in a pipe, and ends with 0', async () => {
  const checkout = BuiltCommand.inCheckout();
  const words = ['demo', '--speed', '200'];
  const ran = await checkout.run(words);
  checkout.remove();
  const { code, stdout, stderr } = ran;
  expect([code, stderr]).toEqual([0, '']);
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
  // It has ended with the demo: its addresses would lead nowhere.
  expect(stdout).not.toContain('127.0.0.1:');

  const transcripts = new Transcripts(
    'demo.md',
    `# The demo

What \`nameplate demo\` prints in a pipe, where it ends by itself: from a run of \`test/journeys/demo.test.ts\`. On a terminal its local AWS stays
up, and it shows how to look at the site there. What it measures differs from machine to machine.`,
  );
  transcripts.heard(words, ran);
  const { written, heard } = transcripts.compared();
  expect(written).toEqual(heard);
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
