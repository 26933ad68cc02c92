import { CloudFrontClient, GetDistributionCommand, NoSuchDistribution } from '@aws-sdk/client-cloudfront';
import {
  type Action,
  CreateListenerCommand,
  CreateRuleCommand,
  DeleteRuleCommand,
  DescribeListenerCertificatesCommand,
  DescribeListenersCommand,
  DescribeLoadBalancersCommand,
  DescribeRulesCommand,
  DescribeTagsCommand,
  ElasticLoadBalancingV2Client,
  type Listener,
  ModifyListenerCommand,
  ModifyRuleCommand,
  type Rule,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import { readSite } from '../../../aws/ledger/read-site.ts';
import type { Phase } from '../../../domain/changes/change.ts';
import type { StepOutputs } from '../../../domain/ledger/outputs.ts';
import type { Site } from '../../../domain/sites/site.ts';
import { handler } from '../../../functions/resources/listener.ts';
import { useLedger } from '../../support/ledger.ts';
import { aLockedSite } from '../../support/locked.ts';
import { arn } from '../../support/removing.ts';
import {
  awsError,
  context,
  declareAnew,
  domain,
  event,
  givenSite,
  givenStep,
  mutations,
  ownTags,
  stood,
  theStep,
} from '../../support/steps.ts';

const ledger = useLedger();
const elb = mockClient(ElasticLoadBalancingV2Client);
const cloudFront = mockClient(CloudFrontClient);
const SECRET = 'c0ffee0123456789';
const refusal = {
  Type: 'fixed-response',
  FixedResponseConfig: { StatusCode: '403', ContentType: 'text/plain', MessageBody: 'Forbidden' },
};
const forward = (TargetGroupArn: string): Action => ({ Type: 'forward', TargetGroupArn });

/** The load balancer, as the calls leave it. */
let listener: Listener | undefined;
let rules: Rule[];

const outputs: Partial<StepOutputs> = {
  ...stood,
  CreateDistribution: { distributionId: 'E1', domainName: 'd1.cloudfront.net' },
  RequestCertificate: { certificateArn: 'arn:new', records: [] },
  CreateLoadBalancer: { loadBalancerArn: arn, dnsName: 'np', zoneId: 'Z', createdAt: '2026-11-22T12:00:00.000Z' },
};

beforeEach(() => {
  listener = undefined;
  rules = [];
  elb.reset();
  cloudFront.reset();
  sending(SECRET);
  elb
    .on(DescribeLoadBalancersCommand)
    .resolves({ LoadBalancers: [{ LoadBalancerArn: arn, LoadBalancerName: arn.split('/')[2], Type: 'application' }] })
    .on(DescribeTagsCommand)
    .callsFake(({ ResourceArns }: { ResourceArns: string[] }) => ({
      TagDescriptions: ResourceArns.map((ResourceArn) => ({ ResourceArn, Tags: ownTags })),
    }))
    .on(DescribeListenerCertificatesCommand)
    .resolves({ Certificates: [] })
    .on(DescribeListenersCommand)
    .callsFake(() => ({ Listeners: listener ? [listener] : [] }))
    .on(DescribeRulesCommand)
    .callsFake(() => ({ Rules: [...rules, { RuleArn: 'arn:default', Priority: 'default', IsDefault: true }] }))
    .on(CreateListenerCommand)
    .callsFake(({ Tags: _, ...input }) => {
      listener = { ...input, ListenerArn: 'arn:443' };
      return { Listeners: [listener] };
    })
    .on(ModifyListenerCommand)
    .callsFake(({ ListenerArn: _, ...input }) => {
      listener = { ...listener, ...input };
    })
    .on(CreateRuleCommand)
    .callsFake(({ Priority, Conditions, Actions }) => {
      const rule = { RuleArn: 'arn:rule', Priority: String(Priority), Conditions, Actions, IsDefault: false };
      rules.push(rule);
      return { Rules: [rule] };
    })
    .on(ModifyRuleCommand)
    .callsFake(({ RuleArn, ...input }) => {
      rules = rules.map((rule) => (rule.RuleArn === RuleArn ? { ...rule, ...input } : rule));
    })
    .on(DeleteRuleCommand)
    .callsFake(({ RuleArn }) => {
      rules = rules.filter((rule) => rule.RuleArn !== RuleArn);
    });
});

/** What the distribution sends to its origin. */
function sending(HeaderValue: string | undefined): void {
  const Items = HeaderValue === undefined ? [] : [{ HeaderName: 'X-Nameplate-Origin', HeaderValue }];
  const origin = { Id: 'np', DomainName: `origin.${domain}`, CustomHeaders: { Quantity: Items.length, Items } };
  const DistributionConfig = { Origins: { Quantity: 1, Items: [origin] } };
  cloudFront
    .on(GetDistributionCommand)
    .resolves({ ETag: 'E', Distribution: { Id: 'E1', DistributionConfig } as never });
}

const madeRule = { type: 'listener rule' as const, id: 'arn:443 X-Nameplate-Origin', ours: true };
const given = (site: Partial<Site>) => givenSite(ledger, { site, outputs });
const run = (phase: Phase) => handler({ ...event, phase }, context);
const serving: Listener = {
  ListenerArn: 'arn:443',
  Port: 443,
  Protocol: 'HTTPS',
  SslPolicy: 'ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09',
  Certificates: [{ CertificateArn: 'arn:new' }],
  DefaultActions: [forward('arn:tg')],
};
const secrets = () => rules.flatMap(({ Conditions = [] }) => Conditions[0]?.HttpHeaderConfig?.Values ?? []);

describe('the lock of the origin, in the listener', () => {
  test('makes a new listener that answers 403, with a rule for the secret header of the distribution', async () => {
    await given(aLockedSite());
    await run('prepare');
    expect(listener?.DefaultActions).toEqual([refusal]);
    expect(elb.commandCalls(CreateRuleCommand)[0]?.args[0].input).toEqual({
      ListenerArn: 'arn:443',
      Priority: 50_000,
      Conditions: [
        { Field: 'http-header', HttpHeaderConfig: { HttpHeaderName: 'X-Nameplate-Origin', Values: [SECRET] } },
      ],
      Actions: [forward('arn:tg')],
      Tags: ownTags,
    });
    expect((await theStep(ledger, 'AttachCertificate')).made).toEqual([
      { type: 'listener', id: 'arn:443', ours: true, detail: 'HTTPS 443' },
      { type: 'listener rule', id: 'arn:443 X-Nameplate-Origin', ours: true },
    ]);
    await run('shift');
    await run('release');
    expect(mutations(elb)).toEqual(['CreateListener', 'CreateRule']);
  });

  test('keeps the secret out of the ledger', async () => {
    await given(aLockedSite());
    await run('prepare');
    await run('release');
    expect(JSON.stringify(await readSite(ledger, domain))).not.toContain(SECRET);
  });

  test('adds the rule beside what serves, and answers others 403 only in the release', async () => {
    listener = serving;
    await given(aLockedSite());
    await run('prepare');
    await run('shift');
    expect([listener.DefaultActions, secrets()]).toEqual([[forward('arn:tg')], [SECRET]]);
    await run('release');
    expect(listener).toEqual({ ...serving, DefaultActions: [refusal] });
    expect(mutations(elb)).toEqual(['CreateRule', 'ModifyListener']);
  });

  test('opens a locked listener in the shift, and deletes its rule in the release', async () => {
    await given(aLockedSite());
    await run('prepare');
    await declareAnew(ledger, aLockedSite({ lock: false }));
    await run('prepare');
    expect(listener?.DefaultActions).toEqual([refusal]);
    await run('shift');
    expect([listener?.DefaultActions, rules.length]).toEqual([[forward('arn:tg')], 1]);
    await run('release');
    expect(rules).toEqual([]);
    await run('release');
    expect(mutations(elb)).toEqual(['CreateListener', 'CreateRule', 'ModifyListener', 'DeleteRule']);
    expect(JSON.stringify((await readSite(ledger, domain))?.steps.map(({ made }) => made))).not.toContain(
      'listener rule',
    );
  });

  test('L7: has the rule check the targets of another group before it sends it the requests', async () => {
    await given(aLockedSite());
    await run('prepare');
    await givenStep(ledger, { name: 'CreateTargetGroup', output: { targetGroupArn: 'arn:other' } });
    await run('prepare');
    expect(rules[0]?.Actions?.[0]?.ForwardConfig?.TargetGroups).toEqual([
      { TargetGroupArn: 'arn:tg', Weight: 1 },
      { TargetGroupArn: 'arn:other', Weight: 0 },
    ]);
    await run('shift');
    expect(rules[0]?.Actions).toEqual([forward('arn:other')]);
    expect(listener?.DefaultActions).toEqual([refusal]);
  });

  test('accepts another secret beside the one so far, and that alone in the release', async () => {
    await given(aLockedSite());
    await run('prepare');
    sending('fedcba9876543210');
    await run('prepare');
    expect(secrets()).toEqual([SECRET, 'fedcba9876543210']);
    await run('release');
    expect(secrets()).toEqual(['fedcba9876543210']);
  });

  test('accepts the next secret that the document asks for before the distribution sends it, and once', async () => {
    await given(aLockedSite());
    await run('prepare');
    await declareAnew(ledger, aLockedSite({ secretGeneration: 2 }));
    await run('prepare');
    const [former, next = ''] = secrets();
    expect([former, secrets().length]).toEqual([SECRET, 2]);
    expect(next).toMatch(/^2-[0-9a-f]{64}$/);
    await run('prepare');
    expect(secrets()).toEqual([SECRET, next]);
    expect(JSON.stringify(await readSite(ledger, domain))).not.toContain(next);
    sending(next);
    await run('prepare');
    await run('release');
    expect(secrets()).toEqual([next]);
    expect(mutations(elb)).toEqual(['CreateListener', 'CreateRule', 'ModifyRule', 'ModifyRule']);
  });

  test('the secret that is sent stays accepted, whatever else the rule accepts', async () => {
    await given(aLockedSite());
    await run('prepare');
    sending('fedcba9876543210');
    await run('prepare');
    sending(SECRET);
    await declareAnew(ledger, aLockedSite({ secretGeneration: 2 }));
    await run('prepare');
    expect(secrets()).toEqual(['fedcba9876543210', SECRET, expect.stringMatching(/^2-/)]);
  });

  test('puts the rule behind those of others, which stay', async () => {
    listener = serving;
    const theirs = {
      RuleArn: 'arn:theirs',
      Priority: '50000',
      IsDefault: false,
      Conditions: [{ Field: 'path-pattern', Values: ['/a'] }],
    };
    rules = [theirs];
    await given(aLockedSite());
    await run('prepare');
    await run('release');
    expect(rules.map(({ RuleArn, Priority }) => [RuleArn, Priority])).toEqual([
      ['arn:theirs', '50000'],
      ['arn:rule', '49999'],
    ]);
  });

  test('touches no rule for the same header that is not in the ledger', async () => {
    listener = serving;
    const HttpHeaderConfig = { HttpHeaderName: 'x-nameplate-origin', Values: ['x'] };
    rules = [{ RuleArn: 'arn:theirs', Priority: '1', Conditions: [{ Field: 'http-header', HttpHeaderConfig }] }];
    await given(aLockedSite());
    await expect(run('prepare')).rejects.toMatchObject({
      name: 'Conflict',
      message: expect.stringContaining('arn:theirs'),
    });
    expect(mutations(elb)).toEqual([]);
  });

  test('W11: looks again for a rule whose answer was lost', async () => {
    listener = serving;
    await given(aLockedSite());
    elb.on(CreateRuleCommand).rejects(awsError('PriorityInUseException'));
    await expect(run('prepare')).rejects.toMatchObject({ name: 'NotReady' });
  });

  test.each([
    ['has no such header yet', () => sending(undefined)],
    [
      'is not found yet',
      () => cloudFront.on(GetDistributionCommand).rejects(new NoSuchDistribution({ message: '', $metadata: {} })),
    ],
  ])('waits while the distribution %s', async (_, set) => {
    await given(aLockedSite());
    set();
    await expect(run('prepare')).rejects.toMatchObject({
      name: 'NotReady',
      message: 'Waiting until CloudFront returns the secret header of the distribution E1',
    });
    expect(mutations(elb)).toEqual([]);
  });

  test('does not refuse others where the requests of CloudFront would be refused with them', async () => {
    listener = serving;
    await given(aLockedSite());
    await run('prepare');
    rules = [];
    await expect(run('release')).rejects.toMatchObject({ name: 'NotReady' });
    const output = { listenerArn: 'arn:443' };
    const endedAt = '2026-11-22T12:00:00.000Z';
    await givenStep(ledger, { name: 'AttachCertificate', made: [madeRule], endedAt, output });
    await expect(run('release')).rejects.toMatchObject({
      name: 'Misconfigured',
      message: expect.stringContaining('its rule for the requests of CloudFront is missing'),
    });
    expect(listener).toEqual(serving);
  });

  test('asks CloudFront nothing without the lock, and ELB for no rules', async () => {
    listener = serving;
    await given(aLockedSite({ lock: false }));
    await run('prepare');
    await run('release');
    expect(cloudFront.calls()).toEqual([]);
    expect(elb.commandCalls(DescribeRulesCommand)).toEqual([]);
  });
});
