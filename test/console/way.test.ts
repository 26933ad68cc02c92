import { describe, expect, test } from '@jest/globals';
import { type Leg, type Standing, wayOf } from '../../console/sites/way.ts';
import { layoutOf } from '../../console/sites/way-layout.ts';
import type { SiteView } from '../../domain/sites/view.ts';
import { aSite } from '../support/site.ts';

const at = '2026-11-30T12:00:00.000Z';

type Step = SiteView['steps'][number];

const step = (name: string, changes: Partial<Step> = {}): Step => ({
  name,
  state: 'done',
  revision: 1,
  startedAt: at,
  endedAt: at,
  made: [],
  ...changes,
});

const waiting = (name: string, waitingFor: string): Step => {
  const { endedAt: _, ...open } = step(name, { state: 'waiting', waitingFor });
  return open;
};

const aView = (changes: Partial<SiteView> = {}) =>
  ({ site: aSite(), state: 'live', revision: 1, waiting: [], steps: [], timeline: [], ...changes }) as SiteView;

const onPage = (on: 'page' | 'origin', armed = true) =>
  ({ on, armed, hold: false }) as NonNullable<SiteView['failover']>;

/** "viewer dns done" */
const told = (legs: readonly Leg[]) => legs.map(({ from, to, standing }) => `${from} ${to} ${standing}`);

const titles = (view: SiteView) => wayOf(view).stops.map(({ title }) => title);

describe('wayOf()', () => {
  test('leads through the load balancer', () => {
    expect(titles(aView())).toEqual(['Viewer', 'DNS', 'Load balancer', 'Origin']);
  });

  test('leads through CloudFront and the load balancer behind it', () => {
    expect(titles(aView({ site: aSite({ edge: 'cdn' }) }))).toEqual([
      'Viewer',
      'DNS',
      'CloudFront',
      'Load balancer',
      'Origin',
    ]);
  });

  test('leads from DNS to the origin itself where nothing of ours is between', () => {
    const view = aView({ site: aSite({ edge: 'direct' }) });
    expect(titles(view)).toEqual(['Viewer', 'DNS', 'Origin']);
    expect(told(wayOf(view).legs)).toEqual(['viewer dns done', 'dns origin done']);
  });

  test('of a live site is in place from end to end, whichever operation ran last', () => {
    const onboarded = ['FindZone', 'CheckDelegation', 'CreateTargetGroup', 'PointRecords', 'ProbeSite'];
    // After a switch, of all earlier steps those alone are told of that own things.
    const switched = ['FindZone', 'CreateTargetGroup', 'PointRecords', 'SwitchTraffic'];
    const [before, after] = [onboarded, switched].map((names) =>
      wayOf(aView({ steps: names.map((name) => step(name, { message: `What ${name} did` })) })),
    );
    expect(told(after?.legs ?? [])).toEqual(['viewer dns done', 'dns edge done', 'edge origin done']);
    expect(told(before?.legs ?? [])).toEqual(told(after?.legs ?? []));
    expect(after?.legs.flatMap(({ says = [] }) => says)).toEqual([]);
  });

  test('of a site that changes stays in place but for what goes on, and is not made yet where the edge is another', () => {
    const changing = { state: 'changing', revision: 2, steps: [waiting('AwaitLoadBalancer', 'Until it is active')] };
    const view = (edge: 'load-balancer' | 'direct') =>
      aView({ ...changing, live: aSite({ edge }) } as Partial<SiteView>);
    expect(told(wayOf(view('load-balancer')).legs)).toEqual([
      'viewer dns done',
      'dns edge done',
      'edge origin waiting',
    ]);
    expect(told(wayOf(view('direct')).legs)).toEqual(['viewer dns done', 'dns edge ahead', 'edge origin waiting']);
  });

  test('of a site on its way has what is done, what waits and what nothing was done for yet', () => {
    const steps = [
      step('CheckDelegation'),
      step('CreateTargetGroup'),
      waiting('AwaitLoadBalancer', 'Until it is active'),
    ];
    const { legs } = wayOf(aView({ state: 'pending', steps }));
    expect(told(legs)).toEqual(['viewer dns done', 'dns edge ahead', 'edge origin waiting']);
    expect(legs[2]?.says).toBe('Until it is active');
  });

  test('says of a held site where it has stopped and why', () => {
    const reason = { step: 'Preflight', error: 'Refused', message: 'Start the web server' } as const;
    const { legs } = wayOf(aView({ state: 'held', reason, steps: [step('Preflight', { state: 'failed' })] }));
    expect(legs[2]).toMatchObject({ standing: 'failed', says: 'Start the web server' });
  });

  test('of a site that is undone leads nowhere', () => {
    const standings = wayOf(aView({ state: 'undone', failover: onPage('origin', false) })).legs.map(
      ({ standing }) => standing,
    );
    expect(new Set<Standing>(standings)).toEqual(new Set(['off']));
  });

  test('leads to the page from DNS while viewers see it, and no longer to the edge', () => {
    const { legs } = wayOf(aView({ failover: onPage('page') }));
    expect(told(legs)).toEqual(['viewer dns done', 'dns edge off', 'edge origin off', 'dns page done']);
  });

  test('is on its way to the page, or back, while that switches', () => {
    const switching = (on: 'page' | 'origin') => told(wayOf(aView({ state: 'switching', failover: onPage(on) })).legs);
    expect(switching('page')).toEqual(['viewer dns done', 'dns edge done', 'edge origin done', 'dns page busy']);
    expect(switching('origin')).toEqual(['viewer dns done', 'dns edge busy', 'edge origin done', 'dns page ready']);
  });

  test('leads to the page from CloudFront where that shows it', () => {
    const { legs } = wayOf(aView({ site: aSite({ edge: 'cdn' }), failover: onPage('page') }));
    expect(told(legs)).toEqual([
      'viewer dns done',
      'dns edge done',
      'edge balancer off',
      'balancer origin off',
      'edge page done',
    ]);
  });

  test('says why the page would not be shown', () => {
    const certificate = { at, isReady: false, problems: ['Its certificate has ended'] };
    const failover = { ...onPage('origin', false), why: 'Its certificate has ended', certificate };
    expect(wayOf(aView({ failover })).legs.at(-1)).toMatchObject({
      standing: 'failed',
      says: 'Its certificate has ended',
    });
  });

  test('takes a page that was not looked at yet for none that fails', () => {
    const failover = { ...onPage('origin', false), why: 'The page was not looked at yet' };
    expect(wayOf(aView({ failover })).legs.at(-1)).toMatchObject({
      standing: 'waiting',
      says: 'The page was not looked at yet',
    });
  });
});

describe('the last probe of a leg', () => {
  type Probed = NonNullable<SiteView['probes']>[number];
  const seen = (leg: Probed['leg'], found = '200'): Probed => ({ leg, at, asked: `${leg} asked`, found, isWell: true });

  /** "viewer dns 12:00 what was found" */
  const probed = (view: SiteView) =>
    wayOf(view).legs.map(({ from, to, probes }) =>
      [from, to, ...probes.map((each) => `${each.at.slice(11, 16)} ${each.found}`)].join(' '),
    );
  const probes = [seen('dns', '203.0.113.2'), seen('edge'), seen('origin', 'healthy')];

  test('is what was asked where it ends', () => {
    expect(probed(aView({ probes }))).toEqual([
      'viewer dns 12:00 203.0.113.2',
      'dns edge 12:00 200',
      'edge origin 12:00 healthy',
    ]);
    expect(probed(aView())).toEqual(['viewer dns', 'dns edge', 'edge origin']);
  });

  test('is of the leg to the origin itself where viewers connect to that', () => {
    expect(probed(aView({ site: aSite({ edge: 'direct' }), probes }))).toEqual([
      'viewer dns 12:00 203.0.113.2',
      'dns origin 12:00 200',
    ]);
  });

  test('is not of what another document replaces, nor of a site that is gone', () => {
    const view = aView({ state: 'changing', live: aSite({ edge: 'direct' }), probes } as Partial<SiteView>);
    expect(probed(view)).toEqual(['viewer dns 12:00 203.0.113.2', 'dns edge', 'edge origin']);
    expect(probed(aView({ state: 'undoing', probes }))).toEqual(['viewer dns', 'dns edge', 'edge origin']);
  });

  test('of the page is at its distribution, or under the names where that was later', () => {
    const page = { at: '2026-11-30T11:00:00.000Z', isReady: false, problems: ['It answers 403'] };
    const failover = { ...onPage('page'), page };
    expect(probed(aView({ failover }))[3]).toBe('dns page 11:00 It answers 403');
    expect(probed(aView({ failover, probes: [seen('page', '503')] }))[3]).toBe('dns page 12:00 503');
    const later = { ...failover, page: { ...page, at: '2026-11-30T13:00:00.000Z' } };
    expect(probed(aView({ failover: later, probes: [seen('page', '503')] }))[3]).toBe('dns page 13:00 It answers 403');
  });
});

describe('layoutOf()', () => {
  const views = [
    aView(),
    aView({ site: aSite({ edge: 'cdn' }), failover: onPage('origin') }),
    aView({ failover: onPage('page') }),
  ];

  test.each([true, false])('lays no place over another and all inside the picture (narrow: %p)', (isNarrow) => {
    for (const view of views) {
      const { boxes, box, width, height } = layoutOf(wayOf(view), { isNarrow });
      for (const one of boxes) {
        expect(one.x + box.width).toBeLessThanOrEqual(width);
        expect(one.y + box.height).toBeLessThanOrEqual(height);
        for (const other of boxes.filter((each) => each !== one)) {
          const isApart = Math.abs(one.x - other.x) >= box.width || Math.abs(one.y - other.y) >= box.height;
          expect(isApart).toBe(true);
        }
      }
    }
  });

  test.each([true, false])(
    'draws every leg from the side of its place to the side of the next (narrow: %p)',
    (isNarrow) => {
      const way = wayOf(aView({ failover: onPage('origin') }));
      const { lines, boxes, box } = layoutOf(way, { isNarrow });
      expect(lines.map(({ leg }) => leg)).toEqual(way.legs);
      for (const { leg, x1, y1, x2, y2 } of lines) {
        const touches = (id: string, x: number, y: number) =>
          boxes.some((b) => b.stop.id === id && x >= b.x && x <= b.x + box.width && y >= b.y && y <= b.y + box.height);
        expect(touches(leg.from, x1, y1)).toBe(true);
        expect(touches(leg.to, x2, y2)).toBe(true);
      }
    },
  );
});
