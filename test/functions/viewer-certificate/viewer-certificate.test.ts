import {
  type ACMClient,
  DeleteCertificateCommand,
  DescribeCertificateCommand,
  ListCertificatesCommand,
  ListTagsForCertificateCommand,
  RequestCertificateCommand,
  ResourceInUseException,
} from '@aws-sdk/client-acm';
import { beforeEach, describe, expect, test } from '@jest/globals';
import type { Made } from '../../../domain/ledger/made.ts';
import { handler as homeHandler } from '../../../functions/resources/certificate.ts';
import { handler } from '../../../functions/resources/viewer-certificate.ts';
import { useEmptyAccount } from '../../support/empty-account.ts';
import { useLedger } from '../../support/ledger.ts';
import { aCdn } from '../../support/site.ts';
import {
  context,
  domain,
  event,
  givenChange,
  givenSite,
  givenStep,
  givenUndo,
  mutations,
  ownTags,
  theStep,
} from '../../support/steps.ts';

const ledger = useLedger();
const { acm } = useEmptyAccount();
const site = { edge: 'cdn', cdn: aCdn() } as const;
const names = [domain, `www.${domain}`];
const arn = 'arn:aws:acm:us-east-1:123456789012:certificate/viewers';
const homeArn = 'arn:aws:acm:us-east-1:123456789012:certificate/home';
const distribution = 'arn:aws:cloudfront::123456789012:distribution/E1';

beforeEach(() => {
  process.env.AWS_REGION = 'eu-central-1';
  acm.on(RequestCertificateCommand).resolves({ CertificateArn: arn });
  acm.on(DeleteCertificateCommand).resolves({});
  acm.on(ListTagsForCertificateCommand).resolves({ Tags: ownTags });
});

const listed = (...arns: string[]) =>
  acm.on(ListCertificatesCommand).resolves({
    CertificateSummaryList: arns.map((CertificateArn) => ({ CertificateArn, DomainName: domain, Status: 'ISSUED' })),
  });
const described = (
  CertificateArn: string,
  { of = names, inUseBy = [], key = 'RSA-2048' }: { of?: string[]; inUseBy?: string[]; key?: string } = {},
) =>
  acm.on(DescribeCertificateCommand, { CertificateArn }).resolves({
    Certificate: {
      Type: 'AMAZON_ISSUED',
      Status: 'ISSUED',
      KeyAlgorithm: key as never,
      SubjectAlternativeNames: of,
      InUseBy: inUseBy,
      DomainValidationOptions: of.map((DomainName) => ({
        DomainName,
        ValidationMethod: 'DNS',
        ResourceRecord: { Name: `_a.${DomainName}.`, Type: 'CNAME', Value: '_b.acm-validations.aws.' },
      })),
    },
  });
const regions = async () => {
  const clients = acm.calls().map(({ thisValue }) => thisValue as ACMClient);
  return new Set(await Promise.all(clients.map(({ config }) => config.region())));
};
const prepare = () => handler({ ...event, phase: 'prepare' }, context);
const release = () => handler({ ...event, phase: 'release' }, context);
const requested = (made: Made[] = [{ type: 'viewer certificate', id: arn, ours: true }]) =>
  givenStep(ledger, { name: 'RequestViewerCertificate', made, output: { certificateArn: arn, records: [] } });

describe('RequestViewerCertificate', () => {
  test('where the stack is in us-east-1, viewers see what is imported for the load balancer, once it is', async () => {
    process.env.AWS_REGION = 'us-east-1';
    const secret = 'arn:aws:secretsmanager:us-east-1:123456789012:secret:shop-a1B2c3';
    const cdn = { ...aCdn(), originCertificate: 'same' } as const;
    await givenSite(ledger, { site: { ...site, cdn, certificate: { imported: { secret } } } });
    await expect(prepare()).rejects.toMatchObject({ name: 'NotReady' });
    await givenStep(ledger, {
      name: 'RequestCertificate',
      made: [{ type: 'certificate', id: homeArn, ours: true }],
      output: { certificateArn: homeArn, records: [] },
    });
    expect(await prepare()).toEqual({ certificateArn: homeArn, records: [] });
    expect(mutations(acm)).toEqual([]);
    expect((await theStep(ledger, 'RequestViewerCertificate')).made).toEqual([]);
  });

  test('one that the document names is served, and never changed', async () => {
    const named = arn.replace('viewers', '01234567-89ab-cdef-0123-456789abcdef');
    await givenSite(ledger, { site: { ...site, certificate: { arn: named } } });
    described(named, { of: [`*.${domain}`, domain] });
    acm.on(ListTagsForCertificateCommand).resolves({ Tags: [] });
    expect(await prepare()).toEqual({ certificateArn: named, records: [] });
    expect(await regions()).toEqual(new Set(['us-east-1']));
    expect(mutations(acm)).toEqual([]);
    const { made } = await theStep(ledger, 'RequestViewerCertificate');
    expect(made).toMatchObject([{ type: 'viewer certificate', id: named, ours: false }]);
  });

  test('A22, A21: requests one in us-east-1, wherever the stack is, for the served names alone', async () => {
    await givenSite(ledger, { site });
    await expect(prepare()).rejects.toMatchObject({ name: 'NotReady' });
    expect(await regions()).toEqual(new Set(['us-east-1']));
    const [call] = acm.commandCalls(RequestCertificateCommand);
    expect(call?.args[0].input).toMatchObject({
      DomainName: domain,
      SubjectAlternativeNames: [`www.${domain}`],
      KeyAlgorithm: 'RSA_2048',
      Tags: ownTags,
    });
    const { made } = await theStep(ledger, 'RequestViewerCertificate');
    expect(made).toMatchObject([{ type: 'viewer certificate', id: arn, ours: true }]);
  });

  test('A22: the certificate of the load balancer covers the name of the origin too', async () => {
    await givenSite(ledger, { site });
    await expect(homeHandler({ ...event, phase: 'prepare' }, context)).rejects.toMatchObject({ name: 'NotReady' });
    expect(await regions()).toEqual(new Set(['eu-central-1']));
    const [call] = acm.commandCalls(RequestCertificateCommand);
    expect(call?.args[0].input.SubjectAlternativeNames).toEqual([`www.${domain}`, `origin.${domain}`]);
  });

  test("takes none that the site's load balancer serves, where the stack is in us-east-1", async () => {
    process.env.AWS_REGION = 'us-east-1';
    await givenSite(ledger, { site });
    await givenStep(ledger, { name: 'RequestCertificate', made: [{ type: 'certificate', id: homeArn, ours: true }] });
    listed(homeArn);
    described(homeArn);
    await expect(prepare()).rejects.toMatchObject({ name: 'NotReady' });
    expect(mutations(acm)).toEqual(['RequestCertificate']);
  });

  test.each([
    ['RSA-2048', ['AddTagsToCertificate']],
    ['EC_prime256v1', ['AddTagsToCertificate']],
    ['EC_secp384r1', ['RequestCertificate']],
  ])('A21: with "adopt" takes over one with a key that CloudFront takes: %s', async (key, made) => {
    await givenSite(ledger, { site: { ...site, adopt: true } });
    listed(homeArn);
    described(homeArn, { key });
    acm.on(ListTagsForCertificateCommand).resolves({ Tags: [] });
    await prepare().catch(() => undefined);
    expect(mutations(acm)).toEqual(made);
  });
});

describe('RemoveViewerCertificates', () => {
  test('deletes what the site no longer uses, in us-east-1', async () => {
    await givenUndo(ledger, { site });
    await requested();
    listed(arn);
    described(arn);
    expect(await release()).toEqual({ left: [], removed: [arn] });
    expect(await regions()).toEqual(new Set(['us-east-1']));
    expect((await theStep(ledger, 'RequestViewerCertificate')).made).toEqual([]);
  });

  test('asks nothing for a site that never had one', async () => {
    await givenUndo(ledger);
    expect(await release()).toEqual({ left: [], removed: [] });
    expect(acm.calls()).toEqual([]);
  });

  test.each([
    ['the ledger has yet', { name: 'CreateDistribution', made: [{ type: 'distribution', id: 'E1', ours: true }] }],
    ['was removed a moment ago', { name: 'RemoveDistribution', output: { left: [], removed: ['E1'] } }],
  ] as const)("A19: waits until ACM has noticed that the site's distribution is gone, which %s", async (_, step) => {
    await givenUndo(ledger, { site });
    await requested();
    await givenStep(ledger, step as never);
    described(arn, { inUseBy: [distribution] });
    acm.on(DeleteCertificateCommand).rejects(new ResourceInUseException({ message: 'in use', $metadata: {} }));
    await expect(release()).rejects.toMatchObject({ name: 'NotReady' });
  });

  test.each([
    ['a distribution of others', []],
    ["the site's distribution, which is retained", [{ type: 'distribution', id: 'E1', why: 'others lead to it' }]],
  ])('retains one that %s serves', async (_, left) => {
    await givenUndo(ledger, { site });
    await requested();
    if (left.length > 0) {
      await givenStep(ledger, { name: 'CreateDistribution', made: [{ type: 'distribution', id: 'E1', ours: true }] });
      await givenStep(ledger, { name: 'RemoveDistribution', output: { left } });
    }
    described(arn, { inUseBy: [distribution] });
    expect(await release()).toMatchObject({
      left: [{ type: 'viewer certificate', id: arn, why: expect.stringContaining(`${distribution} serves it`) }],
    });
    expect(mutations(acm)).toEqual([]);
  });

  test('A14: neither step touches the certificate of the other, where both are in us-east-1', async () => {
    process.env.AWS_REGION = 'us-east-1';
    await givenSite(ledger, { site });
    await requested();
    await givenStep(ledger, { name: 'RequestCertificate', made: [{ type: 'certificate', id: homeArn, ours: true }] });
    await givenChange(ledger, {
      outputs: { AwaitCertificate: { certificateArn: homeArn }, AwaitViewerCertificate: { certificateArn: arn } },
    });
    listed(arn, homeArn);
    described(arn);
    described(homeArn, { of: [...names, `origin.${domain}`] });
    expect(await release()).toEqual({ left: [], removed: [] });
    expect(await homeHandler({ ...event, phase: 'release' }, context)).toEqual({ left: [], removed: [] });
  });
});

test('A7: DiscardViewerCertificate deletes what ACM gave up, and says when it is asked anew', async () => {
  const askAgainAt = '2026-11-25T13:00:00.000Z';
  await givenSite(ledger, { site });
  await requested();
  await givenStep(ledger, { name: 'AwaitViewerCertificate', state: 'waiting', waitingUntil: askAgainAt });
  acm.on(DescribeCertificateCommand).resolves({ Certificate: { Status: 'VALIDATION_TIMED_OUT', InUseBy: [] } });
  const discarded = await handler({ ...event, phase: 'discard' }, context);
  expect(discarded).toEqual({ certificateArn: arn, askAgainAt, nextRequest: 2 });
  expect(await regions()).toEqual(new Set(['us-east-1']));
  expect((await theStep(ledger, 'RequestViewerCertificate')).made).toEqual([]);
});
