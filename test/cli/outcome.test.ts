import { expect, test } from '@jest/globals';
import { sayOutcome } from '../../cli/outcome.ts';
import type { Session } from '../../cli/session.ts';
import type { SiteView } from '../../domain/sites/view.ts';

const domain = 'shop.example.com';
const reason = { step: 'AwaitServer', error: 'Misconfigured', message: 'Cannot go on' };
const failover = { armed: true, on: 'page', cause: 'request', since: '2026-11-30T12:00:00Z' };

test.each([
  ['live', { state: 'live' }, 0, 'show shop.example.com'],
  ['live', { state: 'live', failover }, 0, 'maintenance off shop.example.com'],
  ['live', { state: 'held', reason }, 1, 'resume shop.example.com'],
  ['live', { state: 'undone', reason }, 1, 'plan site.json'],
  ['undone', { state: 'undone' }, 0, 'list'],
  ['undone', { state: 'live' }, 0, 'show shop.example.com'],
  ['undone', { state: 'held', reason }, 1, 'resume shop.example.com'],
  ['stopped', { state: 'held' }, 0, 'resume shop.example.com'],
  ['stopped', { state: 'undone' }, 0, 'list'],
  ['stopped', { state: 'live' }, 0, 'alerts'],
] as const)('what was to be %s and is %j ends with %d and "%s"', (wanted, site, code, next) => {
  const nexts: string[] = [];
  const session = { say: () => {}, next: (words: string) => nexts.push(words) } as unknown as Session;
  const view = { domain, waiting: [], ...site } as unknown as SiteView;
  expect([sayOutcome(session, view, wanted), nexts]).toEqual([code, [next]]);
});
