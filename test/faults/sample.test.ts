import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { callSites, nameOf } from './call-site.ts';
import { run } from './cell.ts';
import type { Kind } from './kinds.ts';
import type { Picture } from './picture.ts';
import { ProvingGround } from './proving-ground.ts';
import type { ScenarioName } from './scenarios.ts';

/** A fixed sample of the matrix of `npm run faults`: where a lost answer would hurt most, and what once broke. */
const SAMPLE: readonly [ScenarioName, string, Kind][] = [
  ['direct', 'CreateSite dynamodb:PutItem 4', 'lost after'],
  ['direct', 'CreateSite states:StartExecution 1', 'killed after'],
  ['direct', 'FindZone route53:CreateHostedZone 1', 'error after'],
  ['direct', 'FindZone route53:CreateHostedZone 1', 'killed after'],
  ['direct', 'ReserveAddress ec2:AllocateAddress 1', 'error after'],
  ['direct', 'ReserveAddress ec2:AllocateAddress 1', 'killed after'],
  ['direct', 'MarkLive dynamodb:PutItem 2', 'throttled'],
  ['load-balancer', 'RequestCertificate acm:RequestCertificate 1', 'killed after'],
  ['load-balancer', 'WriteValidationRecords route53:ChangeResourceRecordSets 1', 'killed after'],
  ['load-balancer', 'AwaitCertificate states:SendTaskSuccess 1', 'killed after'],
  ['load-balancer', 'CreateLoadBalancer elasticloadbalancing:CreateLoadBalancer 1', 'killed after'],
  ['load-balancer', 'AttachCertificate elasticloadbalancing:CreateListener 1', 'lost after'],
  ['load-balancer', 'PointRecords route53:ChangeResourceRecordSets 1', 'error after'],
  ['load-balancer', 'PointRecords route53:ChangeResourceRecordSets 1', 'killed before'],
];

let ground: ProvingGround;
const wanted = new Map<ScenarioName, Picture>();

beforeAll(async () => {
  ground = await ProvingGround.open();
  for (const scenario of ['load-balancer', 'direct'] as const) {
    const { broken, picture } = await run(ground, scenario);
    expect(broken).toEqual([]);
    wanted.set(scenario, picture);
  }
}, 120_000);
afterAll(() => ground?.close());

test.each(SAMPLE)('%s, %s, %s: everything holds, and the world ends as it does without a fault', async (...cell) => {
  const [scenario, name, kind] = cell;
  const [caller = '', call = '', n] = name.split(' ');
  const [service = '', operation = ''] = call.split(':');
  const site = { caller, service, operation, n: Number(n) };
  const picture = wanted.get(scenario);
  const { met, broken } = await run(ground, scenario, { site, kind, ...(picture && { wanted: picture }) });
  expect({ met, broken }).toEqual({ met: 'yes', broken: [] });
});

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
