import { ElasticLoadBalancingV2Client, RemoveTagsCommand } from '@aws-sdk/client-elastic-load-balancing-v2';
import { beforeEach, expect, test } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import type { Change } from '../../domain/changes/change.ts';
import { ORIGIN_HEADER } from '../../domain/distributions/origin-header.ts';
import { lockRuleId } from '../../domain/load-balancers/origin-lock.ts';
import { releaseListeners } from '../../resources/listener/release.ts';
import type { OwnListener } from '../../resources/listener/releases.ts';
import { removeListenerCertificates } from '../../resources/listener-certificate/remove.ts';
import type { Doing } from '../../resources/resource.ts';
import { aSettledSiteItem, aStepItem } from '../support/site.ts';
import { owner } from '../support/steps.ts';

const elb = mockClient(ElasticLoadBalancingV2Client);
beforeEach(() => {
  elb.reset();
  elb.on(RemoveTagsCommand).resolves({});
});

const untagged = () => elb.commandCalls(RemoveTagsCommand).flatMap(({ args: [{ input }] }) => input.ResourceArns ?? []);
const unmarking = (resource: Change['resource']): Change => ({
  verb: 'unmark',
  phase: 'release',
  resource,
  message: '',
});

/** In the middle of an undo that keeps what these steps have made. */
const doing = (made: { type: 'listener rule'; id: string; ours: true }[]): Doing =>
  ({
    scope: {
      owner,
      record: { item: aSettledSiteItem(), steps: [aStepItem('AttachCertificate', { made })], timeline: [] },
    },
  }) as never;

test('a listener that is kept is untagged after the rule of its lock, and no rule of others is', async () => {
  const header = { name: ORIGIN_HEADER, values: ['secret'] };
  const rules = [
    { arn: 'arn:lock', header, forwards: [] },
    { arn: 'arn:theirs', forwards: [] },
  ] as unknown as OwnListener['rules'];
  const listener = { arn: 'arn:443', port: 443, rules } as OwnListener;
  const actual = { own: [{ arn: 'arn:lb', listeners: [listener] }] };
  const kept = unmarking({ type: 'listener', name: 'HTTPS 443', id: 'arn:443' });
  await releaseListeners.unmark?.(
    kept,
    actual,
    doing([{ type: 'listener rule', id: lockRuleId('arn:443'), ours: true }]),
  );
  expect(untagged()).toEqual(['arn:lock', 'arn:443']);
  elb.resetHistory();
  await releaseListeners.unmark?.(kept, actual, doing([]));
  expect(untagged()).toEqual(['arn:443']);
});

test('of a load balancer that exists, only the rules that the site has added are untagged', async () => {
  const actual = { own: [], ownRules: [] };
  const rule = unmarking({ type: 'host rule', name: 'shop.example.test', id: 'arn:rule' });
  await removeListenerCertificates.unmark?.(rule, actual, doing([]));
  const entry = unmarking({ type: 'listener certificate', name: 'x', id: 'arn:443 arn:certificate' });
  await removeListenerCertificates.unmark?.(entry, actual, doing([]));
  expect(untagged()).toEqual(['arn:rule']);
});
