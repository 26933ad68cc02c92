import { globSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { expect, test } from '@jest/globals';
import { certificateGrants } from '../../infra/grants/certificates.ts';
import { loadBalancerRemovalGrants } from '../../infra/grants/load-balancer-removal.ts';
import { loadBalancerGrants } from '../../infra/grants/load-balancers.ts';
import { planGrants } from '../../infra/grants/plans.ts';
import { probeGrants } from '../../infra/grants/probes.ts';
import { recordGrants } from '../../infra/grants/records.ts';
import type { GrantScope } from '../../infra/grants/scope.ts';
import { serverGrants } from '../../infra/grants/servers.ts';
import { siteGrants } from '../../infra/grants/sites.ts';
import { zoneGrants } from '../../infra/grants/zones.ts';
import { root } from '../support/paths.ts';

const scope: GrantScope = {
  partition: 'aws',
  region: 'us-east-1',
  account: '123456789012',
  stack: 'Nameplate',
  ledgerArn: 'arn:ledger',
  mutationParameterArn: 'arn:parameter',
  busArn: 'arn:bus',
  workflowArns: ['arn:workflow'],
};

/** What is said for the functions of each folder. */
const SAID = {
  certificates: [certificateGrants],
  'load-balancers': [loadBalancerGrants, loadBalancerRemovalGrants],
  plans: [planGrants],
  probes: [probeGrants],
  records: [recordGrants],
  servers: [serverGrants],
  sites: [siteGrants],
  zones: [zoneGrants],
};

test.each(Object.entries(SAID))(
  'what the functions of functions/%s/ may do is said in one place, for each of them and no other',
  (folder, said) => {
    const files = globSync(`functions/${folder}/*.ts`, { cwd: root }).map((file) => basename(file, '.ts'));
    const named = said.flatMap((grants) => Object.keys(grants(scope)));
    expect(named.sort()).toEqual(files.sort());
  },
);

test('every folder of functions/ has its place', () => {
  const folders = new Set(globSync('functions/*/*.ts', { cwd: root }).map((file) => basename(dirname(file))));
  expect([...folders].sort()).toEqual(Object.keys(SAID).sort());
});
