import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type CallSite, callSites, nameOf } from './call-site.ts';
import { type Played, run } from './cell.ts';
import type { Kind } from './kinds.ts';
import type { Picture } from './picture.ts';
import { ProvingGround } from './proving-ground.ts';
import { type ScenarioName, scenarioOf } from './scenarios.ts';

type Cell = readonly [site: string, kind: Kind];

/**
 * A fixed sample of the matrix of `npm run faults`: whole operations where a lost answer would hurt most, and what once
 * broke. The calls of each resource are struck by test/contract. Each act has a list of cells, all at different functions, so
 * that none moves the calls which another one is counted by.
 */
const SAMPLE: readonly [ScenarioName, ...(readonly Cell[])[]][] = [
  [
    'direct',
    [['CreateSite states:StartExecution 1', 'killed after']],
    [
      ['DeleteSite states:StartExecution 1', 'killed after'],
      ['SurveyRemoval route53:ListResourceRecordSets 1', 'error after'],
      ['MarkUndone dynamodb:PutItem 2', 'killed after'],
    ],
  ],
  ['resumed', [], [['ResumeSite dynamodb:Query 2', 'killed before']]],
  ['undone by itself', [['MarkFailed states:StartExecution 1', 'killed before']]],
  ['cancelled', [], [['CancelSite states:StopExecution 1', 'killed before']]],
  [
    'changed',
    [['Record route53:ChangeResourceRecordSets 1', 'killed before']],
    [['Record route53:ChangeResourceRecordSets 1', 'killed after']],
    [['Listener elasticloadbalancing:DeleteListener 1', 'error after']],
  ],
  [
    'adopted',
    [['Record route53:ChangeResourceRecordSets 1', 'killed after']],
    [['Record route53:ChangeResourceRecordSets 1', 'error after']],
  ],
  [
    'by a role',
    [['Record sts:AssumeRole 1', 'timed out before']],
    [['Record route53:ChangeResourceRecordSets 1', 'killed after']],
  ],
  [
    'entered by hand',
    [['CheckDelegation dynamodb:PutItem 1', 'killed after']],
    [['LoadBalancer elasticloadbalancing:DeleteLoadBalancer 1', 'killed after']],
  ],
  [
    'switched',
    [],
    [
      ['RevertSwitch dynamodb:PutItem 2', 'killed after'],
      ['MarkNotSwitched dynamodb:PutItem 2', 'killed after'],
    ],
    [
      ['SwitchMaintenance states:StartExecution 1', 'killed after'],
      ['Record route53:ChangeResourceRecordSets 1', 'killed after'],
      ['MarkSwitched dynamodb:PutItem 2', 'killed after'],
    ],
    [['ProbePage dynamodb:PutItem 2', 'killed after']],
  ],
  ['cancelled and undone', [], [['CancelSite states:StartExecution 1', 'killed after']]],
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

test.each(SAMPLE.map(([scenario, ...acts]) => [[scenario, ...acts.flat(2)].join(', '), scenario, acts] as const))(
  '%s: everything holds, and the world ends as it does without a fault',
  async (_, scenario, acts) => {
    const strikes = acts.map((cells) => cells.map(([site, kind]) => ({ site: siteOf(site), kind })));
    const pictures = wanted.get(scenario);
    const played = await run(ground, scenario, { strikes, ...(pictures && { wanted: pictures }) });
    await anew(played);
    expect(played.map(({ met, broken }) => ({ met, broken }))).toEqual(
      scenarioOf(scenario).acts.map((_, act) => ({ met: (acts[act] ?? []).map(() => 'yes'), broken: [] })),
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
