import {
  AddListenerCertificatesCommand,
  CertificateNotFoundException,
  DescribeListenerCertificatesCommand,
  DescribeLoadBalancersCommand,
  DescribeTagsCommand,
  ListenerNotFoundException,
  type LoadBalancer,
  RemoveListenerCertificatesCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { handler } from '../../../functions/resources/listener-certificate.ts';
import { useListeners } from '../../support/listeners.ts';
import { event as anEvent, context, givenStep, givenUndo, mutations, theStep } from '../../support/steps.ts';

const { ledger, elb, having, given } = useListeners();
const event = { ...anEvent, phase: 'prepare' as const };
const origin = {
  loadBalancer: 'arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/theirs/0',
  healthPath: '/',
};
const listener = { ListenerArn: 'arn:443', Port: 443, Protocol: 'HTTPS' as const };
const made = { type: 'listener certificate' as const, id: 'arn:443 arn:certificate', ours: true };
const about = { message: 'not yet', $metadata: {} };

const balancer = (changes: LoadBalancer = {}) =>
  elb.on(DescribeLoadBalancersCommand).resolves({
    LoadBalancers: [
      {
        LoadBalancerArn: origin.loadBalancer,
        DNSName: 'Theirs.elb.amazonaws.com',
        CanonicalHostedZoneId: 'ZELB',
        Type: 'application',
        Scheme: 'internet-facing',
        IpAddressType: 'ipv4',
        State: { Code: 'active' },
        ...changes,
      },
    ],
  });
const serving = (...arns: string[]) =>
  elb.on(DescribeListenerCertificatesCommand).resolves({
    Certificates: arns.map((CertificateArn) => ({ CertificateArn, IsDefault: false })),
  });

beforeEach(() => {
  balancer();
  serving();
  having({ ...listener, Certificates: [{ CertificateArn: 'arn:theirs' }] });
  elb.on(DescribeTagsCommand).resolves({ TagDescriptions: [] });
  elb.on(AddListenerCertificatesCommand).resolves({}).on(RemoveListenerCertificatesCommand).resolves({});
});

describe('AddListenerCertificate', () => {
  test('adds the certificate by SNI, knows that before the call, and leads only A records to a load balancer with IPv4', async () => {
    await given({ origin });
    elb.on(AddListenerCertificatesCommand).callsFake(async () => {
      expect((await theStep(ledger, 'AddListenerCertificate')).made).toEqual([made]);
      return {};
    });
    expect(await handler(event, context)).toEqual({
      loadBalancerArn: origin.loadBalancer,
      listenerArn: 'arn:443',
      dnsName: 'theirs.elb.amazonaws.com',
      zoneId: 'ZELB',
      types: ['A'],
    });
    expect(mutations(elb)).toEqual(['AddListenerCertificates']);
    expect((await theStep(ledger, 'AddListenerCertificate')).made).toEqual([made]);
  });

  test('changes nothing where it is served already, and does not call that its own', async () => {
    await given({ origin });
    serving('arn:certificate');
    await handler(event, context);
    expect(mutations(elb)).toEqual([]);
    expect((await theStep(ledger, 'AddListenerCertificate')).made).toEqual([{ ...made, ours: false }]);
  });

  test('L1: waits until the load balancer takes a certificate that was just issued', async () => {
    await given({ origin });
    elb.on(AddListenerCertificatesCommand).rejects(new CertificateNotFoundException(about));
    await expect(handler(event, context)).rejects.toMatchObject({ name: 'NotReady' });
  });

  test('stops where it has become internal or another site owns it', async () => {
    await given({ origin });
    balancer({ Scheme: 'internal' });
    await expect(handler(event, context)).rejects.toMatchObject({ name: 'Conflict' });
    expect(mutations(elb)).toEqual([]);
  });
});

describe('RemoveListenerCertificates', () => {
  const release = { ...event, phase: 'release' as const };
  const undo = async (...entries: object[]) => {
    await givenUndo(ledger, { site: { origin } });
    await givenStep(ledger, { name: 'AddListenerCertificate', made: entries as never });
  };

  test('removes what the site has added, and nothing a second time', async () => {
    await undo(made);
    serving('arn:certificate', 'arn:others');
    expect(await handler(release, context)).toEqual({ left: [] });
    const [call] = elb.commandCalls(RemoveListenerCertificatesCommand);
    expect(call?.args[0].input).toEqual({
      ListenerArn: 'arn:443',
      Certificates: [{ CertificateArn: 'arn:certificate' }],
    });
    await handler(release, context);
    expect(mutations(elb)).toEqual(['RemoveListenerCertificates']);
  });

  test('leaves what was there before', async () => {
    await undo({ ...made, ours: false });
    serving('arn:certificate');
    await handler(release, context);
    expect(mutations(elb)).toEqual([]);
  });

  test('L6: leaves what has become the default certificate, and says so', async () => {
    await undo(made);
    having({ ...listener, Certificates: [{ CertificateArn: 'arn:certificate' }] });
    const { left } = (await handler(release, context)) as { left: { why: string }[] };
    expect(left).toMatchObject([{ type: 'listener certificate', why: expect.stringContaining('by default now') }]);
    expect(mutations(elb)).toEqual([]);
  });

  test('is done where the listener is gone', async () => {
    await undo(made);
    elb.on(DescribeListenerCertificatesCommand).rejects(new ListenerNotFoundException(about));
    expect(await handler(release, context)).toEqual({ left: [] });
  });
});
