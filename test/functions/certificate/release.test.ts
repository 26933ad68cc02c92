import {
  DeleteCertificateCommand,
  DescribeCertificateCommand,
  ListCertificatesCommand,
  ListTagsForCertificateCommand,
  RemoveTagsFromCertificateCommand,
  ResourceInUseException,
} from '@aws-sdk/client-acm';
import {
  DescribeListenerCertificatesCommand,
  DescribeListenersCommand,
  DescribeLoadBalancersCommand,
  DescribeTagsCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { beforeEach, expect, test } from '@jest/globals';
import type { Made } from '../../../domain/ledger/made.ts';
import { resourceName } from '../../../domain/ownership.ts';
import { handler } from '../../../functions/resources/certificate.ts';
import { useEmptyAccount } from '../../support/empty-account.ts';
import { useLedger } from '../../support/ledger.ts';
import {
  event as anEvent,
  context,
  domain,
  givenStep,
  givenUndo,
  mutations,
  ownTags,
  theStep,
} from '../../support/steps.ts';

const ledger = useLedger();
const event = { ...anEvent, phase: 'release' as const };
const { acm, elb } = useEmptyAccount();
const about = { message: 'in the way', $metadata: {} };
const ourLoadBalancer = `arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/app/${resourceName(domain)}/1`;
beforeEach(async () => {
  acm.on(DeleteCertificateCommand).resolves({});
  acm.on(ListTagsForCertificateCommand).resolves({ Tags: ownTags });
  listed('arn:1');
  inUseBy();
  await givenUndo(ledger);
});

const listed = (...arns: string[]) =>
  acm.on(ListCertificatesCommand).resolves({
    CertificateSummaryList: arns.map((CertificateArn) => ({ CertificateArn, DomainName: domain, Status: 'ISSUED' })),
  });
const inUseBy = (...InUseBy: string[]) =>
  acm.on(DescribeCertificateCommand).resolves({ Certificate: { Status: 'ISSUED', InUseBy } });

test('RemoveCertificates deletes those of the ledger and those found, and takes them out of the ledger', async () => {
  const made: Made[] = [{ type: 'certificate', id: 'arn:0', ours: true }];
  await givenStep(ledger, { name: 'RequestCertificate', made });
  expect(await handler(event, context)).toEqual({ left: [], removed: ['arn:1', 'arn:0'] });
  expect(
    acm
      .commandCalls(DeleteCertificateCommand)
      .map(({ args }) => args[0].input.CertificateArn)
      .sort(),
  ).toEqual(['arn:0', 'arn:1']);
  expect((await theStep(ledger, 'RequestCertificate')).made).toEqual([]);
});

test('A14: RemoveCertificates knows what it has removed when it runs again', async () => {
  await handler(event, context);
  listed();
  expect(await handler(event, context)).toEqual({ left: [], removed: ['arn:1'] });
});

test('A19: RemoveCertificates waits until ACM has noticed that our load balancer is gone', async () => {
  inUseBy(ourLoadBalancer);
  acm.on(DeleteCertificateCommand).rejects(new ResourceInUseException(about));
  await expect(handler(event, context)).rejects.toMatchObject({ name: 'NotReady' });
});

test('RemoveCertificates leaves one that something else serves, and says what', async () => {
  inUseBy(ourLoadBalancer, 'arn:theirs');
  expect(await handler(event, context)).toMatchObject({
    left: [{ type: 'certificate', id: 'arn:1', why: expect.stringContaining('arn:theirs serves it') }],
  });
  expect(mutations(acm)).toEqual([]);
});

test('RemoveCertificates touches none without our tags', async () => {
  acm.on(ListTagsForCertificateCommand).resolves({ Tags: [] });
  await handler(event, context);
  expect(mutations(acm)).toEqual([]);
});

test('RemoveCertificates lets go of one that was adopted, whoever serves it', async () => {
  const made: Made[] = [{ type: 'certificate', id: 'arn:1', ours: true, before: { tags: {} } }];
  await givenStep(ledger, { name: 'RequestCertificate', made });
  inUseBy('arn:theirs');
  acm.on(RemoveTagsFromCertificateCommand).resolves({});
  expect(await handler(event, context)).toEqual({ left: [], removed: [] });
  expect(mutations(acm)).toEqual(['RemoveTagsFromCertificate']);
});

test.each([
  ['a listener of others on our load balancer', [], 'arn:1', []],
  ['a listener of ours that is left', ownTags, 'arn:1', ['arn:443']],
  ['a listener by SNI', [], 'arn:default', []],
])('C3: RemoveCertificates leaves one that %s serves', async (_, Tags, CertificateArn, leftBefore) => {
  inUseBy(ourLoadBalancer);
  const left = leftBefore.map((id) => ({ type: 'listener', id, why: 'it has rules' }));
  await givenStep(ledger, { name: 'RemoveListeners', output: { left } });
  const Listeners = [
    { ListenerArn: 'arn:443', Port: 443, Protocol: 'HTTPS' as const, Certificates: [{ CertificateArn }] },
  ];
  elb
    .on(DescribeLoadBalancersCommand)
    .resolves({ LoadBalancers: [{ LoadBalancerArn: ourLoadBalancer, LoadBalancerName: 'np', Type: 'application' }] });
  elb.on(DescribeListenersCommand).resolves({ Listeners });
  elb.on(DescribeTagsCommand).resolves({ TagDescriptions: [{ ResourceArn: 'arn:443', Tags }] });
  elb.on(DescribeListenerCertificatesCommand).resolves({ Certificates: [{ CertificateArn: 'arn:1' }] });
  expect(await handler(event, context)).toMatchObject({
    left: [{ type: 'certificate', id: 'arn:1', why: expect.stringContaining('the listener arn:443 serves it') }],
  });
  expect(mutations(acm)).toEqual([]);
});
