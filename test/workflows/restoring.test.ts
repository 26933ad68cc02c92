import { afterEach, describe, expect, test } from '@jest/globals';
import type { State, States } from '../../infra/workflows/states.ts';
import { type AnEngine, type Asl, anEngine, type Fn, thrown } from '../local/states/engine.ts';
import { deployed } from '../support/asl.ts';

/** From the choice of the edge to the last look at it, as a workflow of its own. */
function edgeOf(edge: string): Asl {
  const { States }: { States: States } = JSON.parse(deployed('Onboard')).States.Onboard.Branches[0];
  const begin = {
    Type: 'Pass',
    Assign: {
      hasLoadBalancer: edge !== 'direct',
      joinsLoadBalancer: false,
      hasDistribution: edge === 'cdn',
      hasFailover: false,
      hasAcme: false,
      makesInstance: false,
      exportsCertificate: false,
      releases: false,
      restored: false,
    },
    Next: 'ChooseEdge',
  };
  const kept = Object.keys(States).filter(
    (name) =>
      /^(ChooseEdge|ChooseMove|Attach|Await[LOD]|AwaitServer|Move|Preflight|ReserveDirect|RequestDomain|WriteServer|FailedClaim)/.test(
        name,
      ) && !/ \((front|failover)\)$/.test(name),
  );
  const states = Object.fromEntries(kept.map((name) => [name, States[name]]));
  const probe = { ...States.ProbeSite, Next: undefined, End: true };
  const choose = States['ChooseEdge'] as State;
  // What creates an instance, joins a load balancer that exists, is before an origin that does, or prepares a server has a journey of its own.
  const Choices =
    choose.Choices?.filter(
      ({ Next }) => !/( \((joined|front|failover)\)|^PrepareServer|^CreateInstance)$/.test(Next ?? ''),
    ) ?? [];
  const records = { Type: 'Pass', Next: 'ProbeSite' };
  return {
    QueryLanguage: 'JSONata',
    StartAt: 'Begin',
    States: {
      Begin: begin,
      ...states,
      ChooseEdge: { ...choose, Choices },
      ...withoutWaits(States, ''),
      ...withoutWaits(States, ' (cdn)'),
      PointRecords: records,
      ProbeSite: probe,
    },
  };
}

/** What the way back does not lead through has tests of its own: of what is prepared side by side one step is left, and no time. */
function withoutWaits(States: States, apart: string): States {
  const [prepare, start] = [`PrepareEdge${apart}`, `LetLoadBalancerStart${apart}`];
  const branch = States[prepare]?.Branches?.[1]?.States ?? {};
  const failed = `FailedOpenSecurityGroups${apart}`;
  return {
    [prepare]: { ...(branch[`CreateHttpListener${apart}`] as State), Next: `AttachCertificate${apart}` },
    [failed]: branch[failed] as State,
    [start]: { Type: 'Pass', Next: States[start]?.Next ?? '' },
  };
}

let engine: AnEngine;
afterEach(() => engine.close());

/** The states that call a function which several call. */
const STATES: Record<string, string> = {
  'Alias:shift': 'MoveAliases',
  'HttpListener:prepare': 'CreateHttpListener',
  'Listener:prepare': 'AttachCertificate',
  'Listener:shift': 'MoveListener',
};

/** Runs it with one step that finds something removed as often as it is told; returns the order of the steps. */
async function run(edge: string, finding: string, { times }: { times: number }) {
  const order: string[] = [];
  const told: unknown[] = [];
  const names = [
    'HttpListener',
    'ElasticIp',
    'Listener',
    'AwaitLoadBalancer',
    'AwaitOriginSync',
    'AwaitDistribution',
    'Preflight',
    'Alias',
    'ProbeSite',
  ];
  const step =
    (called: string): Fn =>
    ({ restored, phase = '' }: { restored?: boolean; phase?: string }) => {
      const name = STATES[`${called}:${phase}`] ?? called;
      order.push(name);
      if (name !== finding) return {};
      told.push(restored);
      if (told.length > times) return {};
      throw restored ? thrown('Misconfigured', 'named') : thrown('Missing', 'removed');
    };
  engine = await anEngine({ functions: Object.fromEntries(names.map((name) => [name, step(name)])) });
  const arn = await engine.start(edgeOf(edge), { input: { domain: 'shop.example.test', revision: 1 } });
  return { ...(await engine.end(arn)), order, told };
}

describe('C5: a state that finds something of the edge removed', () => {
  test.each([
    ['load-balancer', 'AttachCertificate'],
    ['load-balancer', 'AwaitLoadBalancer'],
    ['load-balancer', 'Preflight'],
    ['load-balancer', 'ProbeSite'],
    ['cdn', 'AttachCertificate'],
    ['cdn', 'AwaitLoadBalancer'],
    ['cdn', 'AwaitDistribution'],
    ['cdn', 'Preflight'],
    ['cdn', 'MoveAliases'],
    ['cdn', 'ProbeSite'],
  ])('is followed by the steps that create it, and then by itself (%s: %s)', async (edge, finding) => {
    const { execution, order, told } = await run(edge, finding, { times: 1 });
    expect(execution.status).toBe('SUCCEEDED');
    expect(told).toEqual([false, true]);
    expect(order.filter((name) => name === 'CreateHttpListener')).toHaveLength(2);
  });

  test('is followed by the step that reserves the address where the edge is "direct"', async () => {
    const { execution, order } = await run('direct', 'Preflight', { times: 1 });
    expect(execution.status).toBe('SUCCEEDED');
    expect(order).toEqual(['ElasticIp', 'Preflight', 'ElasticIp', 'Preflight', 'ProbeSite']);
  });

  test('is told that it was restored, and ends the second time', async () => {
    const { execution, told } = await run('load-balancer', 'AwaitLoadBalancer', { times: 2 });
    expect(execution).toMatchObject({ status: 'FAILED', error: 'Misconfigured' });
    expect(told).toEqual([false, true]);
  });
});
