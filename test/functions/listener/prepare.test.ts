import {
  AddListenerCertificatesCommand,
  AddTagsCommand,
  CertificateNotFoundException,
  CreateListenerCommand,
  DescribeListenerCertificatesCommand,
  DescribeListenersCommand,
  DescribeTagsCommand,
  DuplicateListenerException,
  LoadBalancerNotFoundException,
  ModifyListenerCommand,
  TargetGroupNotFoundException,
  TooManyCertificatesException,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { handler } from '../../../functions/resources/listener.ts';
import { useListeners } from '../../support/listeners.ts';
import { awsError, context, event, givenStep, mutations, ownTags, theStep } from '../../support/steps.ts';

const { ledger, elb, having, given } = useListeners();
const about = { message: 'not yet', $metadata: {} };

const further = (...arns: string[]) =>
  elb.on(DescribeListenerCertificatesCommand).resolves({
    Certificates: arns.map((CertificateArn) => ({ CertificateArn, IsDefault: false })),
  });
const secure = {
  ListenerArn: 'arn:443',
  Port: 443,
  SslPolicy: 'ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09',
  Protocol: 'HTTPS' as const,
  Certificates: [{ CertificateArn: 'arn:certificate' }],
  DefaultActions: [{ Type: 'forward' as const, TargetGroupArn: 'arn:tg' }],
};

const forwarding = (...weights: [string, number][]) => {
  const [first] = weights;
  if (first && weights.length === 1) return [{ Type: 'forward' as const, TargetGroupArn: first[0] }];
  const TargetGroups = weights.map(([TargetGroupArn, Weight]) => ({ TargetGroupArn, Weight }));
  return [{ Type: 'forward' as const, ForwardConfig: { TargetGroups } }];
};

describe('AttachCertificate', () => {
  test('serves the certificate on 443 with a current policy and forwards to the instance', async () => {
    await given();
    expect(await handler({ ...event, phase: 'prepare' }, context)).toEqual({ listenerArn: 'arn:new' });
    expect(elb.commandCalls(CreateListenerCommand)[0]?.args[0].input).toEqual({
      LoadBalancerArn: 'arn:lb',
      Protocol: 'HTTPS',
      Port: 443,
      SslPolicy: 'ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09',
      Certificates: [{ CertificateArn: 'arn:certificate' }],
      DefaultActions: [{ Type: 'forward', TargetGroupArn: 'arn:tg' }],
      Tags: ownTags,
    });
  });

  test('changes nothing when it runs again, and asks one question', async () => {
    await given();
    having(secure);
    expect(await handler({ ...event, phase: 'prepare' }, context)).toEqual({ listenerArn: 'arn:443' });
    expect(elb.calls()).toHaveLength(1);
  });

  test('A8: leaves the TLS policy of a listener that serves as wanted and is not ours', async () => {
    await given();
    having({ ...secure, SslPolicy: 'ELBSecurityPolicy-2016-08' });
    further();
    elb.on(DescribeTagsCommand).resolves({ TagDescriptions: [{ ResourceArn: 'arn:443', Tags: [] }] });
    expect(await handler({ ...event, phase: 'prepare' }, context)).toEqual({ listenerArn: 'arn:443' });
    expect(mutations(elb)).toEqual([]);
  });

  test('L7: adds the certificate by SNI beside the one so far, which stays the default, and does so once', async () => {
    await given();
    having({ ...secure, Certificates: [{ CertificateArn: 'arn:former' }] });
    further();
    await handler({ ...event, phase: 'prepare' }, context);
    expect((await theStep(ledger, 'AttachCertificate')).message).toMatch(/^Port 443 serves as before/);
    further('arn:former', 'arn:certificate');
    await handler({ ...event, phase: 'prepare' }, context);
    expect(mutations(elb)).toEqual(['AddListenerCertificates', 'AddListenerCertificates']);
    expect(elb.commandCalls(AddListenerCertificatesCommand).map(({ args }) => args[0].input.Certificates)).toEqual([
      [{ CertificateArn: 'arn:former' }],
      [{ CertificateArn: 'arn:certificate' }],
    ]);
  });

  test('L13: has ELB check the targets of another group while what serves goes on serving, and does so once', async () => {
    await given();
    further();
    having({ ...secure, DefaultActions: forwarding(['arn:former', 1]) });
    await handler({ ...event, phase: 'prepare' }, context);
    having({ ...secure, DefaultActions: forwarding(['arn:former', 1], ['arn:tg', 0]) });
    await handler({ ...event, phase: 'prepare' }, context);
    expect(elb.commandCalls(ModifyListenerCommand).map(({ args }) => args[0].input)).toEqual([
      { ListenerArn: 'arn:443', DefaultActions: forwarding(['arn:former', 1], ['arn:tg', 0]) },
    ]);
  });

  test('L4: adopts the listener on 443 without owner, when it is asked to: it remembers what it served, and all of it stays served', async () => {
    await given({ adopt: true });
    const Certificates = [{ CertificateArn: 'arn:of-another' }];
    having({
      ...secure,
      Certificates,
      SslPolicy: 'ELBSecurityPolicy-2016-08',
      DefaultActions: forwarding(['arn:theirs', 1]),
    });
    further('arn:blog');
    const theirs = [{ Key: 'team', Value: 'web' }];
    elb
      .on(DescribeTagsCommand)
      .resolvesOnce({ TagDescriptions: [{ ResourceArn: 'arn:443', Tags: theirs }] })
      .resolves({ TagDescriptions: [{ ResourceArn: 'arn:443', Tags: ownTags }] });
    const known: unknown[] = [];
    elb.on(AddTagsCommand).callsFake(async () => {
      known.push(...(await theStep(ledger, 'AttachCertificate')).made);
      return {};
    });
    elb.on(ModifyListenerCommand).rejectsOnce(awsError('Throttling')).resolves({});
    await expect(handler({ ...event, phase: 'prepare' }, context)).rejects.toMatchObject({ name: 'Throttled' });
    further('arn:blog', 'arn:of-another', 'arn:certificate');
    await handler({ ...event, phase: 'prepare' }, context);
    expect(mutations(elb)).toEqual([
      'AddTags',
      'AddListenerCertificates',
      'AddListenerCertificates',
      'ModifyListener',
      'ModifyListener',
    ]);
    expect(elb.commandCalls(ModifyListenerCommand).at(-1)?.args[0].input).toEqual({
      ListenerArn: 'arn:443',
      DefaultActions: forwarding(['arn:theirs', 1], ['arn:tg', 0]),
    });
    const settings = { Port: 443, SslPolicy: 'ELBSecurityPolicy-2016-08', Certificates };
    expect(known).toMatchObject([
      { id: 'arn:443', before: { tags: { team: 'web' }, settings, certificates: ['arn:blog'] } },
    ]);
    expect((await theStep(ledger, 'AttachCertificate')).made).toEqual(known);
  });

  test.each([
    ['the load balancer', new LoadBalancerNotFoundException(about), 'DeleteLoadBalancer'],
    ['the target group', new TargetGroupNotFoundException(about), 'DeleteTargetGroup'],
  ])(
    'C5: has %s created again once, where another tool deleted it while the certificate was awaited',
    async (_, error, call) => {
      await given();
      elb.on(DescribeListenersCommand).rejects(error);
      await expect(handler({ ...event, phase: 'prepare' }, context)).rejects.toMatchObject({
        name: 'Missing',
        message: expect.stringContaining(call),
      });
      await expect(handler({ ...event, phase: 'prepare', restored: true }, context)).rejects.toMatchObject({
        name: 'NotReady',
        message: expect.stringContaining('is missing again, after it was restored once: another tool'),
      });
    },
  );

  test('L4: touches no listener on 443 without our tags', async () => {
    await given();
    having({ ...secure, Certificates: [{ CertificateArn: 'arn:of-somebody-else' }] });
    further();
    elb.on(DescribeTagsCommand).resolves({ TagDescriptions: [{ ResourceArn: 'arn:443', Tags: [] }] });
    await expect(handler({ ...event, phase: 'prepare' }, context)).rejects.toMatchObject({ name: 'Conflict' });
    expect(mutations(elb)).toEqual([]);
  });

  test.each([
    ['L1', awsError('UnsupportedCertificate', 'The certificate must have a fully-qualified domain name')],
    ['L2', new CertificateNotFoundException(about)],
    ['L4', new DuplicateListenerException(about)],
    ['L10', new LoadBalancerNotFoundException(about)],
    ['A5', new TargetGroupNotFoundException(about)],
  ])('%s: waits for what is only known a moment after it was made', async (_, error) => {
    await given();
    const endedAt = new Date().toISOString();
    await givenStep(ledger, { name: 'CreateTargetGroup', endedAt, output: { targetGroupArn: 'arn:tg' } });
    elb.on(CreateListenerCommand).rejects(error);
    await expect(handler({ ...event, phase: 'prepare' }, context)).rejects.toMatchObject({ name: 'NotReady' });
  });

  test('L3: stops at the quota of certificates', async () => {
    await given();
    elb.on(CreateListenerCommand).rejects(new TooManyCertificatesException(about));
    await expect(handler({ ...event, phase: 'prepare' }, context)).rejects.toMatchObject({ name: 'QuotaReached' });
  });

  test('L14: leaves a busy load balancer to the workflow', async () => {
    await given();
    elb.on(CreateListenerCommand).rejects(awsError('PriorRequestNotComplete'));
    await expect(handler({ ...event, phase: 'prepare' }, context)).rejects.toMatchObject({ name: 'Throttled' });
  });
});

describe('MoveListener', () => {
  beforeEach(async () => {
    await given({}, { AttachCertificate: { listenerArn: 'arn:443' } });
  });
  const moved = () => elb.commandCalls(ModifyListenerCommand).map(({ args }) => args[0].input);

  test('L13: sends all requests to the target group and serves the certificate by default, once', async () => {
    having({
      ...secure,
      Certificates: [{ CertificateArn: 'arn:former' }],
      DefaultActions: forwarding(['arn:former', 1], ['arn:tg', 0]),
    });
    await handler({ ...event, phase: 'shift' }, context);
    having(secure);
    await handler({ ...event, phase: 'shift' }, context);
    expect(moved()).toEqual([secure]);
  });

  test('changes nothing of the listener that was created for the certificate, and asks one question', async () => {
    having(secure);
    await handler({ ...event, phase: 'shift' }, context);
    expect(elb.calls()).toHaveLength(1);
  });

  test('L6, L7: removes no certificate: what was the default so far is served by SNI', async () => {
    having({ ...secure, Certificates: [{ CertificateArn: 'arn:former' }] });
    await handler({ ...event, phase: 'shift' }, context);
    expect(mutations(elb)).toEqual(['ModifyListener']);
  });

  test('A8: brings the TLS policy of its own listener up to date, and leaves one of today that a person has chosen', async () => {
    having({ ...secure, SslPolicy: 'ELBSecurityPolicy-TLS13-1-2-2021-06' });
    await handler({ ...event, phase: 'shift' }, context);
    having({ ...secure, SslPolicy: 'ELBSecurityPolicy-TLS13-1-3-PQ-2025-09' });
    await handler({ ...event, phase: 'shift' }, context);
    expect(moved()).toMatchObject([
      { ListenerArn: 'arn:443', SslPolicy: 'ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09' },
    ]);
  });

  test('A8: leaves a listener that serves as wanted and is not ours', async () => {
    having({ ...secure, SslPolicy: 'ELBSecurityPolicy-2016-08' });
    elb.on(DescribeTagsCommand).resolves({ TagDescriptions: [{ ResourceArn: 'arn:443', Tags: [] }] });
    await handler({ ...event, phase: 'shift' }, context);
    expect(mutations(elb)).toEqual([]);
  });

  test('L10: waits for a listener that DescribeListeners does not return yet', async () => {
    having();
    await expect(handler({ ...event, phase: 'shift' }, context)).rejects.toMatchObject({ name: 'NotReady' });
  });
});
