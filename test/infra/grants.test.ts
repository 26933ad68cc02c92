import { globSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { expect, test } from '@jest/globals';
import { careGrants } from '../../infra/grants/care.ts';
import { checkGrants } from '../../infra/grants/checks.ts';
import { gateGrants } from '../../infra/grants/gates.ts';
import { grantsOf } from '../../infra/grants/grants-of.ts';
import { maintenanceGrants } from '../../infra/grants/maintenance.ts';
import { planGrants } from '../../infra/grants/plans.ts';
import { resourceGrants } from '../../infra/grants/resources.ts';
import { siteGrants } from '../../infra/grants/sites.ts';
import type { GrantScope } from '../../resources/permissions/scope.ts';
import type { Grant } from '../../resources/permissions/statement.ts';
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
  acmeBoundaryArn: 'arn:aws:iam::123456789012:policy/AcmeBoundary',
  instanceRoleArn: 'arn:aws:iam::123456789012:role/Instances',
  scheduleArns: 'arn:aws:scheduler:us-east-1:123456789012:schedule/Nameplate/np-*',
  schedulerRoleArn: 'arn:aws:iam::123456789012:role/SchedulerRole',
  followArn: 'arn:aws:lambda:us-east-1:123456789012:function:FollowWindow',
  proveArn: 'arn:aws:lambda:us-east-1:123456789012:function:ProvePage',
  careArn: 'arn:aws:lambda:us-east-1:123456789012:function:CareForSite',
  repairArn: 'arn:aws:lambda:us-east-1:123456789012:function:RepairSite',
  surveyArn: 'arn:survey',
  surveyRemovalArn: 'arn:survey',
  pagesArn: 'arn:pages',
};

/** What is said for the functions of each folder. */
const SAID = {
  care: [careGrants],
  checks: [checkGrants],
  gates: [gateGrants],
  maintenance: [maintenanceGrants],
  plans: [planGrants],
  resources: [resourceGrants],
  sites: [siteGrants],
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

/** All that any function is granted. */
const granted = (): Grant[] =>
  Object.values(SAID)
    .flat()
    .flatMap((grants) => Object.values(grants(scope)).flat());

test('12: no function may export a certificate, and none for viewers may request one that can be exported', () => {
  expect(granted().flatMap(({ actions }) => actions)).not.toContain('acm:ExportCertificate');
  const requests = (folder: string) =>
    resourceGrants(scope)[folder]?.filter(({ actions }) => actions.includes('acm:RequestCertificate'));
  expect(requests('viewer-certificate')?.map(({ conditions }) => conditions?.StringNotEquals)).toEqual([
    { 'acm:Export': 'ENABLED' },
  ]);
});

/** Services whose resources AWS judges by their tags. */
const JUDGED_BY_TAGS = /^(ec2|elasticloadbalancing|acm):/;
const READS = /:(Describe|List|Get)/;

/** What can't be told by tags: the resources are the person's own, or tags are no part of what AWS judges. */
const UNTAGGED = [
  ['ec2:CreateSecurityGroup', 'vpc/'],
  ['ec2:AuthorizeSecurityGroupIngress', 'security-group/'],
  ['ec2:RevokeSecurityGroupIngress', 'security-group/'],
  ['ec2:AssociateAddress', 'instance/'],
  ['ec2:AssociateAddress', 'network-interface/'],
  ['ec2:DisassociateAddress', 'network-interface/'],
  // What an instance is launched from, in and with: the instance, its volume and its interface bear the stack's tags.
  ['ec2:RunInstances', 'image/'],
  ['ec2:RunInstances', 'subnet/'],
  ['ec2:RunInstances', 'key-pair/'],
  // Of load balancers that exist: they are others', and bear no tag of ours.
  ['elasticloadbalancing:AddListenerCertificates', 'listener/app/*/'],
  ['elasticloadbalancing:RemoveListenerCertificates', 'listener/app/*/'],
];

const tagKeys = ({ conditions = {} }: Grant): string[] =>
  Object.keys(conditions.StringEquals ?? {}).filter((key) => key.endsWith('Tag/nameplate:stack'));

test("whatever is changed, deleted or tagged bears the stack's tag, wherever AWS can judge it (B10)", () => {
  const loose = granted()
    .filter((grant) => tagKeys(grant).length === 0)
    .flatMap(({ actions, resources }) =>
      actions.flatMap((action) => resources.map((resource) => ({ action, resource }))),
    )
    .filter(({ action }) => JUDGED_BY_TAGS.test(action) && !READS.test(action))
    .filter(({ action, resource }) => !UNTAGGED.some(([one, type = '']) => one === action && resource.includes(type)));
  expect(loose).toEqual([]);
});

test('what tags or creates does so with the tags of the stack, and others only at a launch, never that of a tenant (B10)', () => {
  const tagging = granted().filter(({ actions }) =>
    actions.some((action) =>
      /:(CreateTags|AddTags|AddTagsToCertificate|RequestCertificate|AllocateAddress)$/.test(action),
    ),
  );
  expect(tagging.length).toBeGreaterThan(0);
  for (const { conditions } of tagging) {
    const isLaunch = isDeepStrictEqual(conditions?.StringEquals?.['ec2:CreateAction'], ['RunInstances']);
    expect(conditions).toMatchObject({
      StringEquals: { 'aws:RequestTag/nameplate:stack': 'Nameplate' },
      ...(isLaunch
        ? { Null: { 'aws:RequestTag/nameplate:tenant': 'true' } }
        : { 'ForAllValues:StringEquals': { 'aws:TagKeys': ['nameplate:site', 'nameplate:stack'] } }),
    });
  }
});

test('roles of other accounts are taken with an external id only (B10)', () => {
  const taking = grantsOf('hosted-zone', scope).filter(({ actions }) => actions.includes('sts:AssumeRole'));
  expect(taking.map(({ conditions }) => conditions)).toEqual([{ Null: { 'sts:ExternalId': 'false' } }]);
});

test.each([
  ['viewer-certificate', 'us-east-1'],
  ['certificate', 'eu-central-1'],
])('A22: the function "%s" requests, tags and deletes certificates in %s and nowhere else', (name, region) => {
  const grants = resourceGrants({ ...scope, region: 'eu-central-1' })[name] ?? [];
  const changing = grants.filter(({ actions }) => actions.some((action) => /^acm:(?!List|Describe|Get)/.test(action)));
  expect(changing.length).toBeGreaterThan(2);
  for (const { resources, conditions } of changing) {
    const where = conditions?.StringEquals?.['aws:RequestedRegion'] ?? resources.map((arn) => arn.split(':')[3]).join();
    expect(where).toBe(region);
  }
});
