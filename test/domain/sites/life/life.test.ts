import { describe, expect, test } from '@jest/globals';
import type { SiteItem } from '../../../../domain/ledger/site-item.ts';
import { problem } from '../../../../domain/problems/problem.ts';
import { DEFAULT_PAGE } from '../../../../domain/sites/failover.ts';
import { refusalInWords } from '../../../../domain/sites/life/advice.ts';
import { broughtBack, declared, resumed, switching, undone } from '../../../../domain/sites/life/begin.ts';
import {
  failed,
  isUndoneWhenFailed,
  notSwitched,
  type Operating,
  puttingBack,
  succeeded,
  switched,
} from '../../../../domain/sites/life/end.ts';
import { OPERATIONS } from '../../../../domain/sites/life/operations.ts';
import { LIFE, REQUESTS, type RequestName } from '../../../../domain/sites/life/requests.ts';
import { answerTo, desiredDocument } from '../../../../domain/sites/life/standing.ts';
import { isDeclared, SITE_STATES, STATES } from '../../../../domain/sites/life/states.ts';
import type { Site } from '../../../../domain/sites/site.ts';
import { aSite } from '../../../support/site.ts';

const now = new Date('2026-11-29T12:00:00.000Z');
const reason = { step: 'Preflight', error: 'Misconfigured', message: 'Mend it' } as const;
const documents = [aSite(), aSite({ aliases: [] }), aSite({ onFailure: 'undo' })];

const on = { state: 'on', cause: 'request', since: now.toISOString() } as const;

/** What a request makes of a site of which nothing runs; undefined where it is refused. */
function begun(request: RequestName, item: SiteItem | undefined): SiteItem[] {
  const answer = answerTo(request, item);
  if (!('begins' in answer)) return [];
  if (request === 'declare' || request === 'change')
    return documents.map((site) => declared(site, { over: item, now }));
  if (!item) return [];
  if (request === 'resume') return [resumed(item, { now })];
  if (request === 'switch') return [switching(item, { maintenance: on, hold: false, now })];
  return [request === 'undo' ? undone(item, { now }) : broughtBack(item, { now })];
}

/** Every way in which the operation of a site can end. */
function ends(item: Operating): SiteItem[] {
  const left = [{ type: 'hosted zone', id: 'Z1', why: 'it is still delegated to' } as const];
  const ended = [[], left].map((each) => succeeded(item, { left: each, now }));
  const isUndone = isUndoneWhenFailed(item);
  if (OPERATIONS[item.operation.name].workflow === 'switch')
    return [switched(item, now), notSwitched(item, { reason, now }), failed(item, { reason, isUndone: false, now })];
  return [
    ...ended,
    failed(item, { reason, isUndone: false, now }),
    ...(isUndone ? [failed(item, { reason, isUndone, now })] : []),
  ];
}

/** What tells two sites apart as far as their lives go. */
const lifeOf = ({ state, site, live, liveAt, operation, last, left }: SiteItem): string =>
  JSON.stringify([state, site, live, liveAt !== undefined, operation?.name, last?.name, left?.length]);

/** Every site that requests and ends can lead to from none, with the ways that lead on from each. */
function walk(): Map<string, { item: SiteItem; next: string[] }> {
  const found = new Map<string, { item: SiteItem; next: string[] }>();
  let open = begun('declare', undefined);
  while (open.length > 0) {
    const [item, ...rest] = open as [SiteItem, ...SiteItem[]];
    open = rest;
    if (found.has(lifeOf(item))) continue;
    const { operation } = item;
    // While an operation runs nothing but its end leads on; one that has ended without a word is like one that was stopped.
    const next = [
      ...(operation ? ends({ ...item, operation }) : []),
      ...REQUESTS.flatMap((request) => begun(request, item)),
    ];
    found.set(lifeOf(item), { item, next: next.map(lifeOf) });
    open.push(...next);
  }
  return found;
}

const reached = walk();
const items = [...reached.values()].map(({ item }) => item);

describe.each([...SITE_STATES, 'undeclared'] as const)('a site that is %s', (stage) => {
  test.each(REQUESTS)('has an answer to "%s"', (request) => {
    const answer = LIFE[request][stage];
    if ('refused' in answer) expect(problem(answer.refused, '').status).toBeGreaterThanOrEqual(400);
    else if ('ends' in answer) expect(STATES[answer.ends].runs).toBe(false);
    else if (answer.begins in OPERATIONS || answer.begins === 'declared') expect(answer.begins).toBeDefined();
    else expect(stage !== 'undeclared' && STATES[stage].unfinished).toBe(true);
  });
});

test('every state is reached, and none but those', () => {
  expect([...new Set(items.map(({ state }) => state))].sort()).toEqual([...SITE_STATES].sort());
});

test('an operation runs in the states that say so, and what runs or is held belongs to an operation', () => {
  for (const item of items)
    expect([item.state, item.operation !== undefined]).toEqual([item.state, STATES[item.state].runs]);
});

test('every request over every site reached is answered with an operation or with why not and what to do instead', () => {
  for (const item of items.filter(({ operation }) => !operation)) {
    for (const request of REQUESTS) {
      const answer = answerTo(request, item);
      if ('refused' in answer) expect(refusalInWords(request, item)).toMatch(/^Cannot .*: .*; .+/);
      else
        expect(begun(request, item).every(({ operation, revision }) => operation && revision > item.revision)).toBe(
          true,
        );
    }
  }
});

test('from every site there is a way to be live and a way to be undone', () => {
  for (const wanted of ['live', 'undone'] as const) {
    const good = new Set([...reached].filter(([, { item }]) => item.state === wanted).map(([key]) => key));
    for (let before = -1; before < good.size; ) {
      before = good.size;
      for (const [key, { next }] of reached) if (next.some((each) => good.has(each))) good.add(key);
    }
    expect(items.filter((item) => !good.has(lifeOf(item)))).toEqual([]);
  }
});

test('nothing is desired of a site that is undone or on its way there, and its document of every other', () => {
  for (const item of items) {
    const name = item.operation?.name ?? (STATES[item.state].unfinished ? item.last?.name : undefined);
    const isGone = name === undefined ? !isDeclared(item) : !OPERATIONS[name].desiresDocument;
    expect(desiredDocument(item)).toEqual(isGone ? undefined : item.site);
  }
});

test('only a switch changes the maintenance of a site: stopped, it is put back by whatever does not go on with it', () => {
  const live = items.find(({ state, reason: failure }) => state === 'live' && !failure);
  if (!live) throw new Error('Cannot switch: no site is live');
  const running = switching(live, { maintenance: on, hold: true, now }) as Operating;
  expect(running).toMatchObject({ state: 'switching', maintenance: on, hold: true, operation: { from: {} } });
  const held = failed(running, { reason, isUndone: false, now });
  expect(resumed(held, { now })).toMatchObject({
    state: 'switching',
    maintenance: on,
    hold: true,
    operation: { from: {} },
  });
  for (const other of [broughtBack(held, { now }), declared(live.site, { over: held, now }), undone(held, { now })])
    expect(other).not.toHaveProperty('maintenance');
  expect(puttingBack(running, now)).not.toHaveProperty('hold');
});

test('a document without a failover ends the maintenance of the site, and one with a failover does not', () => {
  const live = { ...items.find(({ state }) => state === 'live'), maintenance: on, hold: true } as SiteItem;
  const { failover: _, ...site } = live.site;
  const without = declared(site, { over: live, now });
  expect(without).not.toHaveProperty('maintenance');
  expect(without).not.toHaveProperty('hold');
  const kept = declared({ ...site, failover: { page: DEFAULT_PAGE } }, { over: live, now });
  expect(kept).toMatchObject({ maintenance: on, hold: true });
});

test('a switch goes by the steps that made the document true, however many switches came before it', () => {
  const live = { ...items.find(({ state }) => state === 'live'), revision: 4 } as SiteItem;
  const once = switched(switching(live, { maintenance: on, hold: false, now }) as Operating, now);
  const twice = switching(once, { maintenance: { ...on, state: 'off' }, hold: false, now });
  expect([once, twice]).toMatchObject([
    { revision: 5, documentRevision: 4 },
    { revision: 6, documentRevision: 4 },
  ]);
  expect(declared(documents[1] as Site, { over: once, now })).not.toHaveProperty('documentRevision');
});

test('only what was live is ever gone back to, and a site that is not known to viewers is never "changing"', () => {
  for (const { state, live, liveAt } of items) {
    if (state === 'changing') expect(live).toBeDefined();
    if (live) expect(liveAt).toBeDefined();
  }
});
