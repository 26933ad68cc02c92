import { X509Certificate } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { choose } from '../../../local/services/elbv2/traffic/tls.ts';
import {
  type ALoadBalancer,
  type AnElbv2,
  aCertificate,
  aLoadBalancer,
  anElbv2,
  ask,
  saying,
  tlsTo,
} from './an-elbv2.ts';

let world: AnElbv2;
let loadBalancer: ALoadBalancer;
let port = 443;
beforeAll(async () => {
  world = await anElbv2();
  loadBalancer = await aLoadBalancer(world);
  await world.ec2.authorizeSecurityGroupIngress({
    GroupId: world.groupId,
    IpPermissions: [{ IpProtocol: 'tcp', FromPort: 444, ToPort: 500, IpRanges: [{ CidrIp: '0.0.0.0/0' }] }],
  });
});
beforeEach(() => world.aws.clock.advance(10_000));
afterAll(() => world.aws.close());

async function aListener({
  certificates,
  policy = 'ELBSecurityPolicy-TLS13-1-2-Res-2021-06',
}: {
  certificates: string[];
  policy?: string;
}) {
  const [first = '', ...others] = certificates;
  const Port = port++;
  const { Listeners } = await world.elb.createListener({
    LoadBalancerArn: loadBalancer.arn,
    Port,
    Protocol: 'HTTPS',
    SslPolicy: policy,
    Certificates: [{ CertificateArn: first }],
    DefaultActions: saying('hello'),
  });
  const ListenerArn = Listeners?.[0]?.ListenerArn as string;
  for (const CertificateArn of others) {
    await world.elb.addListenerCertificates({ ListenerArn, Certificates: [{ CertificateArn }] });
  }
  const to = loadBalancer.addresses[0] as string;
  return {
    ListenerArn,
    shake: (options: object = {}) => tlsTo(world, { to, port: Port, rejectUnauthorized: false, ...options }),
  };
}
const named = (domain: string) => aCertificate(world, { domains: [domain] });
/** What the server showed. */
const names = (socket: Awaited<ReturnType<typeof tlsTo>>) => socket.getPeerCertificate().subjectaltname;

test('SNI chooses: the exact name, a wildcard over one label, else the default', async () => {
  const { shake } = await aListener({
    certificates: [await named('default.test'), await named('shop.example.test'), await named('*.example.test')],
  });
  const shown = async (servername?: string) => names(await shake(servername === undefined ? {} : { servername }));
  expect(await shown('shop.example.test')).toMatch(/DNS:(shop|\*)\.example\.test/);
  expect(await shown('WWW.example.test')).toBe('DNS:*.example.test');
  expect(await shown('a.b.example.test')).toBe('DNS:default.test');
  expect(await shown('example.test')).toBe('DNS:default.test');
  expect(await shown('elsewhere.test')).toBe('DNS:default.test');
  expect(await shown()).toBe('DNS:default.test');
});

test('the chain is sent so that a client that knows the root alone can verify it', async () => {
  const { shake } = await aListener({ certificates: [await named('shop.example.test')] });
  const socket = await shake({ servername: 'shop.example.test', rejectUnauthorized: true });
  expect(socket.authorized).toBe(true);
  expect((await ask(socket)).body).toBe('hello');
});

test('of several that fit, an ECDSA key is preferred, then the later end', async () => {
  const domains = ['shop.example.test'];
  const rsa = await aCertificate(world, { domains, keyAlgorithm: 'RSA_2048' });
  const soon = await aCertificate(world, { domains, days: 10 });
  const late = await aCertificate(world, { domains, days: 100 });
  const served = [rsa, soon, late].flatMap((arn) => world.certificates.get(arn) ?? []);
  expect(choose(served, 'shop.example.test')?.arn).toBe(late);
  expect(choose(served.slice(0, 2), 'shop.example.test')?.arn).toBe(soon);
  expect(choose(served, 'other.example.test')).toBeUndefined();
});

test('L7: an entry that is removed is no longer served, one that is added is at once', async () => {
  const { elb } = world;
  const { ListenerArn, shake } = await aListener({ certificates: [await named('default.test')] });
  const CertificateArn = await named('shop.example.test');
  const servername = 'shop.example.test';
  expect(names(await shake({ servername }))).toBe('DNS:default.test');
  await elb.addListenerCertificates({ ListenerArn, Certificates: [{ CertificateArn }] });
  expect(names(await shake({ servername }))).toBe('DNS:shop.example.test');
  await elb.removeListenerCertificates({ ListenerArn, Certificates: [{ CertificateArn }] });
  expect(names(await shake({ servername }))).toBe('DNS:default.test');
});

test('A18: a renewed certificate is served without a change of the listener', async () => {
  const arn = await named('shop.example.test');
  const { shake } = await aListener({ certificates: [arn] });
  const serial = async () => (await shake()).getPeerCertificate().serialNumber;
  const before = await serial();
  const renewed = world.certificates.get(await named('shop.example.test'));
  const known = world.certificates.get(arn);
  if (!renewed || !known) throw new Error('The certificates are gone');
  world.certificates.set(arn, { ...renewed, arn });
  expect(await serial()).toBe(new X509Certificate(renewed.certificatePem).serialNumber);
  expect(await serial()).not.toBe(before);
});

test.each([
  ['ELBSecurityPolicy-TLS13-1-3-2021-06', { maxVersion: 'TLSv1.2' }],
  [
    'ELBSecurityPolicy-TLS13-1-2-2021-06',
    { minVersion: 'TLSv1.1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' },
  ],
  ['ELBSecurityPolicy-TLS-1-2-2017-01', { minVersion: 'TLSv1.3' }],
  ['ELBSecurityPolicy-TLS13-1-2-Res-2021-06', { maxVersion: 'TLSv1.2', ciphers: 'ECDHE-ECDSA-AES128-SHA256' }],
])('%s refuses a client with %j', async (policy, options) => {
  const { shake } = await aListener({ certificates: [await named('shop.example.test')], policy });
  await expect(shake(options)).rejects.toMatchObject({
    code: expect.stringMatching(/ALERT|UNSUPPORTED_PROTOCOL|NO_PROTOCOLS|HANDSHAKE_FAILURE/),
  });
});

test.each([
  ['ELBSecurityPolicy-TLS13-1-2-2021-06', { maxVersion: 'TLSv1.2' }, 'TLSv1.2', 'ECDHE-ECDSA-AES128-GCM-SHA256'],
  ['ELBSecurityPolicy-TLS13-1-2-2021-06', {}, 'TLSv1.3', 'TLS_AES_128_GCM_SHA256'],
  ['ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09', {}, 'TLSv1.3', 'TLS_AES_128_GCM_SHA256'],
  [
    'ELBSecurityPolicy-2016-08',
    { minVersion: 'TLSv1', maxVersion: 'TLSv1', ciphers: 'DEFAULT@SECLEVEL=0' },
    'TLSv1',
    /^ECDHE-ECDSA-AES/,
  ],
])('%s with %j makes %s', async (policy, options, version, cipher) => {
  const { shake } = await aListener({ certificates: [await named('shop.example.test')], policy });
  const socket = await shake(options);
  expect([socket.getProtocol(), socket.getCipher().name]).toEqual([version, expect.stringMatching(cipher)]);
});

test('HTTP/2 is offered unless it is switched off', async () => {
  const { shake } = await aListener({ certificates: [await named('shop.example.test')] });
  const protocol = async () => (await shake({ ALPNProtocols: ['h2', 'http/1.1'] })).alpnProtocol;
  const set = (Value: string) =>
    world.elb.modifyLoadBalancerAttributes({
      LoadBalancerArn: loadBalancer.arn,
      Attributes: [{ Key: 'routing.http2.enabled', Value }],
    });
  expect(await protocol()).toBe('h2');
  await set('false');
  expect(await protocol()).toBe('http/1.1');
  await set('true');
});

test('policies are described with their protocols and ciphers', async () => {
  const { SslPolicies } = await world.elb.describeSSLPolicies({ Names: ['ELBSecurityPolicy-TLS13-1-2-Res-2021-06'] });
  expect(SslPolicies).toMatchObject([
    {
      Name: 'ELBSecurityPolicy-TLS13-1-2-Res-2021-06',
      SslProtocols: ['TLSv1.3', 'TLSv1.2'],
      Ciphers: expect.arrayContaining([{ Name: 'ECDHE-RSA-AES256-GCM-SHA384', Priority: 7 }]),
      SupportedLoadBalancerTypes: ['application', 'network'],
    },
  ]);
  const all = await world.elb.describeSSLPolicies({});
  expect(all.SslPolicies?.length).toBeGreaterThan(10);
});
