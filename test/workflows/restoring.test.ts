import { afterEach, describe, expect, test } from '@jest/globals';
import { type AnEngine, type Asl, anEngine, type Fn, thrown } from '../local/states/engine.ts';
import { deployed } from '../support/asl.ts';

/** From the choice of the edge to the last look at it, as a workflow of its own. */
function edgeOf(edge: string): Asl {
  const { States } = JSON.parse(deployed('Onboard')).States.Onboard.Branches[0];
  const { ClaimSite, ...rest } = States;
  // What the way back does not lead through has tests of its own.
  const { PrepareEdge, LetLoadBalancerStart, ...after } = rest;
  const passes = {
    PrepareEdge: { ...PrepareEdge.Branches[1].States.CreateHttpListener, Next: 'AttachCertificate' },
    FailedOpenSecurityGroups: PrepareEdge.Branches[1].States.FailedOpenSecurityGroups,
    LetLoadBalancerStart: { Type: 'Pass', Next: LetLoadBalancerStart.Next },
  };
  const begin = { Type: 'Pass', Assign: { hasLoadBalancer: edge !== 'direct', restored: false }, Next: 'ChooseEdge' };
  const kept = [
    'ChooseEdge',
    'AttachCertificate',
    'AwaitLoadBalancer',
    'MoveListener',
    'Preflight',
    'ReserveDirectAddress',
    'PointRecords',
    'FailedClaimSite',
  ];
  const states = Object.fromEntries(Object.entries(after).filter(([name]) => kept.includes(name)));
  const probe = { ...States.ProbeSite, Next: undefined, End: true };
  const records = { Type: 'Pass', Next: 'ProbeSite' };
  return {
    QueryLanguage: 'JSONata',
    StartAt: 'Begin',
    States: { Begin: begin, ...states, ...passes, PointRecords: records, ProbeSite: probe },
  };
}

let engine: AnEngine;
afterEach(() => engine.close());

/** The states that call a function which several call. */
const STATES: Record<string, string> = {
  'HttpListener:prepare': 'CreateHttpListener',
  'Listener:prepare': 'AttachCertificate',
  'Listener:shift': 'MoveListener',
};

/** Runs it with one step that finds something removed as often as it is told; returns the order of the steps. */
async function run(edge: string, finding: string, { times }: { times: number }) {
  const order: string[] = [];
  const told: unknown[] = [];
  const names = ['HttpListener', 'ElasticIp', 'Listener', 'AwaitLoadBalancer', 'Preflight', 'ProbeSite'];
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
  test.each(['AttachCertificate', 'AwaitLoadBalancer', 'Preflight', 'ProbeSite'])(
    'is followed by the steps that create it, and then by itself (%s)',
    async (finding) => {
      const { execution, order, told } = await run('load-balancer', finding, { times: 1 });
      expect(execution.status).toBe('SUCCEEDED');
      expect(told).toEqual([false, true]);
      expect(order.filter((name) => name === 'CreateHttpListener')).toHaveLength(2);
    },
  );

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
