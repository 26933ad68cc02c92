import {
  AddListenerCertificatesCommand,
  AddTagsCommand,
  CertificateNotFoundException,
  CreateListenerCommand,
  DescribeListenerCertificatesCommand,
  DescribeListenersCommand,
  DescribeTagsCommand,
  DuplicateListenerException,
  ElasticLoadBalancingV2Client,
  type Listener,
  LoadBalancerNotFoundException,
  ModifyListenerCommand,
  TargetGroupNotFoundException,
  TooManyCertificatesException,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import type { Made } from '../../../domain/ledger/made.ts';
import type { SiteItem } from '../../../domain/ledger/site-item.ts';
import type { Site } from '../../../domain/sites/site.ts';
import { handler as attachCertificate } from '../../../functions/load-balancers/attach-certificate.ts';
import { handler as createHttpListener } from '../../../functions/load-balancers/create-http-listener.ts';
import { useLedger } from '../../support/ledger.ts';
import {
  awsError,
  changing,
  context,
  event,
  givenSite,
  givenStep,
  mutations,
  ownTags,
  theStep,
} from '../../support/steps.ts';

const ledger = useLedger();
const elb = mockClient(ElasticLoadBalancingV2Client);
const about = { message: 'not yet', $metadata: {} };
beforeEach(() => {
  elb.reset();
  elb
    .on(CreateListenerCommand)
    .resolves({ Listeners: [{ ListenerArn: 'arn:new' }] })
    .on(DescribeTagsCommand)
    .resolves({ TagDescriptions: [{ Tags: ownTags }] })
    .on(ModifyListenerCommand)
    .resolves({});
  having();
});

const having = (...Listeners: Listener[]) => elb.on(DescribeListenersCommand).resolves({ Listeners });
const given = (site: Partial<Site> = {}, item: Partial<SiteItem> = {}) =>
  givenSite(ledger, {
    site,
    item,
    outputs: {
      CreateLoadBalancer: {
        loadBalancerArn: 'arn:lb',
        dnsName: 'np',
        zoneId: 'Z',
        createdAt: '2026-11-22T12:00:00.000Z',
      },
      RequestCertificate: { certificateArn: 'arn:certificate', records: [] },
      CreateTargetGroup: { targetGroupArn: 'arn:tg' },
    },
  });

describe('CreateHttpListener', () => {
  const redirect = {
    Type: 'redirect' as const,
    RedirectConfig: { Protocol: 'HTTPS', Port: '443', StatusCode: 'HTTP_301' as const },
  };
  const filledIn = { ...redirect.RedirectConfig, Host: '#{host}', Path: '/#{path}', Query: '#{query}' };
  const listener = { ListenerArn: 'arn:80', Port: 80, Protocol: 'HTTP' as const };

  test('sends viewers to https for good', async () => {
    await given();
    await createHttpListener(event, context);
    expect(elb.commandCalls(CreateListenerCommand)[0]?.args[0].input).toEqual({
      LoadBalancerArn: 'arn:lb',
      Protocol: 'HTTP',
      Port: 80,
      DefaultActions: [redirect],
      Tags: ownTags,
    });
    expect((await theStep(ledger, 'CreateHttpListener')).made).toMatchObject([{ type: 'listener', id: 'arn:new' }]);
  });

  test('changes nothing when it runs again', async () => {
    await given();
    having({ ...listener, DefaultActions: [{ ...redirect, RedirectConfig: filledIn }] });
    await createHttpListener(event, context);
    expect(mutations(elb)).toEqual([]);
  });

  test('leaves one of ours to be released when plain HTTP is rejected from now on', async () => {
    await given({ http: 'reject' });
    having({ ...listener, DefaultActions: [redirect] });
    await createHttpListener(event, context);
    expect(mutations(elb)).toEqual([]);
    expect((await theStep(ledger, 'CreateHttpListener')).made).toEqual([]);
  });

  test('L4: refuses to have nothing listen where one was adopted, which would answer again as it did', async () => {
    await given({ http: 'reject' });
    const before = { tags: {}, settings: { Port: 80, Protocol: 'HTTP' } };
    const made: Made[] = [{ type: 'listener', id: 'arn:80', ours: true, before }];
    await givenStep(ledger, { name: 'CreateHttpListener', revision: 0, made });
    having({ ...listener, ListenerArn: 'arn:80', DefaultActions: [redirect] });
    await expect(createHttpListener(event, context)).rejects.toMatchObject({
      name: 'Conflict',
      message: expect.stringMatching(/it would answer as it did before it was adopted\. Delete it, then declare/),
    });
    expect(mutations(elb)).toEqual([]);
  });

  test('makes none when plain HTTP is rejected', async () => {
    await given({ http: 'reject' });
    await createHttpListener(event, context);
    expect(mutations(elb)).toEqual([]);
  });

  test.each([
    ['does something else', 'redirect', { Type: 'forward' as const, TargetGroupArn: 'arn:tg' }],
    ['redirects elsewhere', 'redirect', { ...redirect, RedirectConfig: { ...filledIn, Host: 'other.test' } }],
    ['shall not be there', 'reject', redirect],
  ] as const)('L4: names the listener on port 80 that %s', async (_, http, action) => {
    await given({ http });
    having({ ...listener, DefaultActions: [action] });
    elb.on(DescribeTagsCommand).resolves({ TagDescriptions: [{ Tags: [] }] });
    await expect(createHttpListener(event, context)).rejects.toMatchObject({
      name: 'Conflict',
      message: expect.stringContaining('(arn:80)'),
    });
    expect(mutations(elb)).toEqual([]);
  });

  test('L4: adopts one that does something else, when it is asked to, and remembers what', async () => {
    const DefaultActions = [{ Type: 'fixed-response' as const, FixedResponseConfig: { StatusCode: '200' } }];
    having({ ...listener, DefaultActions });
    expect(await adopted('CreateHttpListener', createHttpListener)).toMatchObject([
      { id: 'arn:80', before: { tags: { team: 'web' }, settings: { Port: 80, Protocol: 'HTTP', DefaultActions } } },
    ]);
  });

  test('L4: sends viewers of its own listener to https again', async () => {
    await given();
    having({ ...listener, DefaultActions: [{ Type: 'forward', TargetGroupArn: 'arn:tg' }] });
    await createHttpListener(event, context);
    expect(elb.commandCalls(ModifyListenerCommand)[0]?.args[0].input).toEqual({
      ListenerArn: 'arn:80',
      DefaultActions: [redirect],
    });
  });

  test.each([
    ['L10', new LoadBalancerNotFoundException(about)],
    ['L4', new DuplicateListenerException(about)],
  ])('%s: looks again', async (_, error) => {
    await given();
    elb.on(CreateListenerCommand).rejects(error);
    await expect(createHttpListener(event, context)).rejects.toMatchObject({ name: 'NotReady' });
  });
});

/** A listener of nobody's, asked to be adopted: what the ledger knew when it was tagged, and what it knows in the end. */
async function adopted(
  step: 'CreateHttpListener' | 'AttachCertificate',
  run: typeof attachCertificate | typeof createHttpListener,
) {
  await given({ adopt: true });
  elb
    .on(DescribeTagsCommand)
    .resolvesOnce({ TagDescriptions: [{ Tags: [{ Key: 'team', Value: 'web' }] }] })
    .resolves({ TagDescriptions: [{ Tags: ownTags }] });
  const known: unknown[] = [];
  elb.on(AddTagsCommand).callsFake(async () => {
    known.push(...(await theStep(ledger, step)).made);
    return {};
  });
  elb.on(ModifyListenerCommand).rejectsOnce(awsError('Throttling')).resolves({});
  await expect(run(event, context)).rejects.toMatchObject({ name: 'Throttled' });
  await run(event, context);
  expect(mutations(elb)).toEqual(['AddTags', 'ModifyListener', 'ModifyListener']);
  expect((await theStep(ledger, step)).made).toEqual(known);
  return known;
}

describe('AttachCertificate', () => {
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

  test('L7: a change serves the certificate so far beside the new one, until the names that it drops are gone', async () => {
    await given({}, changing);
    having({ ...secure, Certificates: [{ CertificateArn: 'arn:former' }] });
    further();
    await attachCertificate(event, context);
    expect(mutations(elb)).toEqual(['AddListenerCertificates', 'ModifyListener']);
    expect(elb.commandCalls(AddListenerCertificatesCommand)[0]?.args[0].input).toEqual({
      ListenerArn: 'arn:443',
      Certificates: [{ CertificateArn: 'arn:former' }],
    });
  });

  test('a change has what serves go on serving until the targets of another group are healthy, and does so once', async () => {
    await given({}, changing);
    having({ ...secure, DefaultActions: [{ Type: 'forward', TargetGroupArn: 'arn:former' }] });
    const TargetGroups = [
      { TargetGroupArn: 'arn:former', Weight: 1 },
      { TargetGroupArn: 'arn:tg', Weight: 0 },
    ];
    const DefaultActions = [{ Type: 'forward' as const, ForwardConfig: { TargetGroups } }];
    await attachCertificate(event, context);
    having({ ...secure, DefaultActions });
    await attachCertificate(event, context);
    expect(elb.commandCalls(ModifyListenerCommand).map(({ args }) => args[0].input)).toMatchObject([
      { ListenerArn: 'arn:443', DefaultActions },
    ]);
  });

  test('L6: a change back takes the certificate from the others before it is the default again, when it still can', async () => {
    await given({}, changing);
    having({ ...secure, Certificates: [{ CertificateArn: 'arn:failed' }] });
    further('arn:certificate');
    await attachCertificate(event, context);
    expect(mutations(elb)).toEqual(['AddListenerCertificates', 'RemoveListenerCertificates', 'ModifyListener']);
  });

  test('serves the certificate on 443 with a current policy and forwards to the instance', async () => {
    await given();
    expect(await attachCertificate(event, context)).toEqual({ listenerArn: 'arn:new' });
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
    expect(await attachCertificate(event, context)).toEqual({ listenerArn: 'arn:443' });
    expect(elb.calls()).toHaveLength(1);
  });

  test('A8: brings the TLS policy of its own listener up to date, and leaves one of today that a person has chosen', async () => {
    await given();
    having({ ...secure, SslPolicy: 'ELBSecurityPolicy-TLS13-1-2-2021-06' });
    await attachCertificate(event, context);
    having({ ...secure, SslPolicy: 'ELBSecurityPolicy-TLS13-1-3-PQ-2025-09' });
    await attachCertificate(event, context);
    expect(elb.commandCalls(ModifyListenerCommand).map(({ args }) => args[0].input)).toMatchObject([
      { ListenerArn: 'arn:443', SslPolicy: 'ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09' },
    ]);
  });

  test('A8: leaves the TLS policy of a listener that serves as wanted and is not ours', async () => {
    await given();
    having({ ...secure, SslPolicy: 'ELBSecurityPolicy-2016-08' });
    elb.on(DescribeTagsCommand).resolves({ TagDescriptions: [{ Tags: [] }] });
    expect(await attachCertificate(event, context)).toEqual({ listenerArn: 'arn:443' });
    expect(mutations(elb)).toEqual([]);
  });

  test("L6, L7: puts the new certificate in the place of its own listener's, and removes none", async () => {
    await given();
    having({ ...secure, Certificates: [{ CertificateArn: 'arn:older' }] });
    await attachCertificate(event, context);
    expect(elb.commandCalls(ModifyListenerCommand)[0]?.args[0].input).toMatchObject({
      ListenerArn: 'arn:443',
      Certificates: [{ CertificateArn: 'arn:certificate' }],
    });
    expect(mutations(elb)).toEqual(['ModifyListener']);
  });

  test('L4: adopts the listener on 443 of nobody, when it is asked to, and remembers what it served', async () => {
    const Certificates = [{ CertificateArn: 'arn:of-somebody-else' }];
    having({ ...secure, Certificates, SslPolicy: 'ELBSecurityPolicy-2016-08' });
    const further = [{ CertificateArn: 'arn:blog', IsDefault: false }];
    elb.on(DescribeListenerCertificatesCommand).resolves({ Certificates: further });
    const settings = { Port: 443, SslPolicy: 'ELBSecurityPolicy-2016-08', Certificates };
    expect(await adopted('AttachCertificate', attachCertificate)).toMatchObject([
      { id: 'arn:443', before: { settings, certificates: ['arn:blog'] } },
    ]);
  });

  test.each([
    ['the load balancer', new LoadBalancerNotFoundException(about), 'DeleteLoadBalancer'],
    ['the target group', new TargetGroupNotFoundException(about), 'DeleteTargetGroup'],
  ])(
    'C5: has %s created again once, where another tool deleted it while the certificate was awaited',
    async (_, error, call) => {
      await given();
      elb.on(DescribeListenersCommand).rejects(error);
      await expect(attachCertificate(event, context)).rejects.toMatchObject({
        name: 'Missing',
        message: expect.stringContaining(call),
      });
      await expect(attachCertificate({ ...event, restored: true }, context)).rejects.toMatchObject({
        name: 'NotReady',
        message: expect.stringContaining('is missing again, after it was restored once: another tool'),
      });
    },
  );

  test('L4: touches no listener on 443 without our tags', async () => {
    await given();
    having({ ...secure, Certificates: [{ CertificateArn: 'arn:of-somebody-else' }] });
    elb.on(DescribeTagsCommand).resolves({ TagDescriptions: [{ Tags: [] }] });
    await expect(attachCertificate(event, context)).rejects.toMatchObject({ name: 'Conflict' });
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
    await expect(attachCertificate(event, context)).rejects.toMatchObject({ name: 'NotReady' });
  });

  test('L3: stops at the quota of certificates', async () => {
    await given();
    elb.on(CreateListenerCommand).rejects(new TooManyCertificatesException(about));
    await expect(attachCertificate(event, context)).rejects.toMatchObject({ name: 'QuotaReached' });
  });

  test('L14: leaves a busy load balancer to the workflow', async () => {
    await given();
    elb.on(CreateListenerCommand).rejects(awsError('PriorRequestNotComplete'));
    await expect(attachCertificate(event, context)).rejects.toMatchObject({ name: 'Throttled' });
  });
});
