import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type CallSite, callSites, nameOf } from './call-site.ts';
import { type Played, run } from './cell.ts';
import type { Kind } from './kinds.ts';
import type { Picture } from './picture.ts';
import { ProvingGround } from './proving-ground.ts';
import { type ScenarioName, scenarioOf } from './scenarios.ts';

/**
 * A fixed sample of the matrix of `npm run faults`: where a lost answer would hurt most, and what once broke. A run has at
 * most one cell for each act of its scenario.
 */
const SAMPLE: readonly [ScenarioName, ...(readonly [site: string, kind: Kind] | undefined)[]][] = [
  [
    'load-balancer',
    ['RequestCertificate acm:RequestCertificate 1', 'killed after'],
    ['Record route53:ChangeResourceRecordSets 1', 'killed after'],
  ],
  [
    'load-balancer',
    ['WriteValidationRecords route53:ChangeResourceRecordSets 1', 'killed after'],
    ['LoadBalancer elasticloadbalancing:DeleteLoadBalancer 1', 'error after'],
  ],
  [
    'load-balancer',
    ['LoadBalancer elasticloadbalancing:CreateLoadBalancer 1', 'killed after'],
    ['UndoSite states:StartExecution 1', 'killed after'],
  ],
  [
    'load-balancer',
    ['Record route53:ChangeResourceRecordSets 1', 'killed before'],
    ['RemoveCertificates acm:DeleteCertificate 1', 'killed then stale'],
  ],
  [
    'direct',
    ['FindZone route53:CreateHostedZone 1', 'killed after'],
    ['RemoveZone route53:DeleteHostedZone 1', 'killed after'],
  ],
  ['direct', ['ElasticIp ec2:AllocateAddress 1', 'error after'], ['ElasticIp ec2:ReleaseAddress 1', 'lost after']],
  ['direct', ['CreateSite states:StartExecution 1', 'killed after'], ['MarkUndone dynamodb:PutItem 2', 'killed after']],
  ['resumed', undefined, ['ResumeSite dynamodb:Query 2', 'killed before']],
  ['undone by itself', ['MarkFailed states:StartExecution 1', 'killed before']],
  ['cancelled', undefined, ['CancelSite states:StopExecution 1', 'killed before']],
  [
    'changed',
    undefined,
    ['Record route53:ChangeResourceRecordSets 1', 'killed after'],
    ['Listener elasticloadbalancing:DeleteListener 1', 'error after'],
  ],
  [
    'adopted',
    ['Record route53:ChangeResourceRecordSets 1', 'killed after'],
    ['Record route53:ChangeResourceRecordSets 1', 'error after'],
  ],
  [
    'by a role',
    ['Record sts:AssumeRole 1', 'timed out before'],
    ['Record route53:ChangeResourceRecordSets 1', 'killed after'],
  ],
  [
    'entered by hand',
    ['CheckDelegation dynamodb:PutItem 1', 'killed after'],
    ['LoadBalancer elasticloadbalancing:DeleteLoadBalancer 1', 'killed after'],
  ],
  ['cancelled and undone', undefined, ['CancelSite states:StartExecution 1', 'killed after']],
];

let ground: ProvingGround;
const wanted = new Map<ScenarioName, Picture[]>();

beforeAll(async () => {
  ground = await ProvingGround.open();
  for (const scenario of new Set(SAMPLE.map(([name]) => name))) {
    const played = await run(ground, scenario);
    expect(played.flatMap(({ broken }) => broken)).toEqual([]);
    wanted.set(
      scenario,
      played.map(({ picture }) => picture),
    );
  }
});
afterAll(() => ground?.close());

/** What a broken run leaves behind must not touch the next one. */
async function anew(played: readonly Played[]): Promise<void> {
  if (played.every(({ broken }) => broken.length === 0)) return;
  await ground.close();
  ground = await ProvingGround.open();
}

test.each(SAMPLE.map((cells) => [cells.flat().filter(Boolean).join(', '), cells] as const))(
  '%s: everything holds, and the world ends as it does without a fault',
  async (_, [scenario, ...cells]) => {
    const strikes = cells.map((cell) => cell && [{ site: siteOf(cell[0]), kind: cell[1] }]);
    const pictures = wanted.get(scenario);
    const played = await run(ground, scenario, { strikes, ...(pictures && { wanted: pictures }) });
    await anew(played);
    expect(played.map(({ met, broken }) => ({ met, broken }))).toEqual(
      scenarioOf(scenario).acts.map((_, act) => ({ met: cells[act] ? ['yes'] : [], broken: [] })),
    );
  },
);

/** "FindZone route53:CreateHostedZone 1" */
function siteOf(name: string): CallSite {
  const [caller = '', call = '', n] = name.split(' ');
  const [service = '', operation = ''] = call.split(':');
  return { caller, service, operation, n: Number(n) };
}

test('a call site is a call by a function or by the workflow, counted for its caller', () => {
  const logged = (principal: string) => ({
    at: new Date(0),
    ms: 0,
    service: 'acm',
    operation: 'ListCertificates',
    principal,
    region: 'us-east-1',
    mutating: false,
  });
  const role = (name: string) => `arn:aws:sts::123456789012:assumed-role/Nameplate-${name}Role0123ABCD-xYz/session`;
  const calls = [role('FindZone'), 'sns.amazonaws.com', role('FindZone'), role('Onboard')].map(logged);
  expect(callSites(calls).map(nameOf)).toEqual([
    'FindZone acm:ListCertificates 1',
    'FindZone acm:ListCertificates 2',
    'Onboard acm:ListCertificates 1',
  ]);
});
