import { expect, test } from '@jest/globals';
import { lastProbes } from '../../../domain/care/last-probes.ts';
import type { LegProbe, LookItem } from '../../../domain/care/look-item.ts';
import type { SiteItem } from '../../../domain/ledger/site-item.ts';
import type { StepItem } from '../../../domain/ledger/step-item.ts';
import { aSettledSiteItem, aSite, aStepItem } from '../../support/site.ts';

const clock = (hour: number) => `2026-11-30T${hour}:00:00.000Z`;

const step = (name: string, hour: number, changes: Partial<StepItem> = {}) =>
  aStepItem(name as StepItem['name'], { endedAt: clock(hour), message: `${name} saw`, ...changes } as object);

const look = (hour: number, ...legs: LegProbe['leg'][]): LookItem => ({
  siteCreatedAt: clock(10),
  at: clock(hour),
  probes: legs.map((leg) => ({ leg, asked: `${leg} asked`, found: `${leg} seen`, isWell: true })),
});

/** "edge 12 what was found" */
const told = (steps: StepItem[], seen?: LookItem, item: Partial<SiteItem> = {}) =>
  lastProbes({ item: { ...aSettledSiteItem(item), ...item }, steps, timeline: [] }, seen).map(
    ({ leg, at, found }) => `${leg} ${at.slice(11, 13)} ${found}`,
  );

const onboarded = [step('CheckDelegation', 12), step('ProbeSite', 13), step('AwaitLoadBalancer', 12)];

test('lastProbes() is of each leg what a step has seen that asked it, until a look has seen it since', () => {
  const byStep = ['dns 12 CheckDelegation saw', 'edge 13 ProbeSite saw', 'origin 12 AwaitLoadBalancer saw'];
  expect(told(onboarded)).toEqual(byStep);
  expect(told(onboarded, look(11, 'dns', 'edge', 'origin'))).toEqual(byStep);
  expect(told(onboarded, look(18, 'dns', 'edge'))).toEqual([
    'dns 18 dns seen',
    'edge 18 edge seen',
    'origin 12 AwaitLoadBalancer saw',
  ]);
});

test('lastProbes() has all that a look has seen of a leg', () => {
  expect(told([], look(18, 'edge', 'edge'))).toEqual(['edge 18 edge seen', 'edge 18 edge seen']);
});

test('lastProbes() tells nothing of a step that goes on, or has failed', () => {
  expect(told([step('ProbeSite', 13, { state: 'failed' }), step('CheckDelegation', 12, { state: 'waiting' })])).toEqual(
    [],
  );
});

test('lastProbes() has a switch be of where viewers were led, and none of the other side while they are led back', () => {
  const maintenance = { state: 'on', cause: 'request', since: clock(14) } as const;
  const operation = { name: 'switch', startedAt: clock(15) } as NonNullable<SiteItem['operation']>;
  const switched = step('ProbeSwitch', 14, { revision: 2 });
  expect(told([switched], undefined, { revision: 2 })).toEqual(['edge 14 ProbeSwitch saw']);
  expect(told([switched], undefined, { revision: 2, maintenance })).toEqual(['page 14 ProbeSwitch saw']);
  expect(told([switched], undefined, { revision: 3, operation })).toEqual([]);
});

test('lastProbes() tells nothing of a load balancer that the site has no more', () => {
  expect(told([step('AwaitLoadBalancer', 12)], undefined, { site: aSite({ edge: 'direct' }) })).toEqual([]);
});
