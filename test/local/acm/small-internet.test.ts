import { ACMClient, DescribeCertificateCommand, RequestCertificateCommand } from '@aws-sdk/client-acm';
import {
  ChangeResourceRecordSetsCommand,
  CreateHostedZoneCommand,
  GetChangeCommand,
  type ResourceRecordSet,
  Route53Client,
} from '@aws-sdk/client-route-53';
import { afterEach, describe, expect, test } from '@jest/globals';
import { Authority } from '../../../local/certificates/authority.ts';
import { createNames, type Names } from '../../../local/dns/names.ts';
import { Internet } from '../../../local/internet/internet.ts';
import { createAcm } from '../../../local/services/acm/service.ts';
import { createRoute53 } from '../../../local/services/route53/service.ts';
import { type AFront, aFront } from '../../support/front.ts';

let aws: AFront;
let names: Names;
let acm: ACMClient;
let route53: Route53Client;

/** The small internet's DNS, Route 53 and ACM. */
async function start(options: Parameters<typeof createNames>[2] = {}): Promise<void> {
  const authority = await Authority.create();
  aws = await aFront({
    services: (host) => {
      names = createNames(host, new Internet(), options);
      const { freshResolver } = names;
      return [
        createRoute53(host, { ...names }).service,
        createAcm(host, { authority, resolve: (name, type) => freshResolver.resolve(name, type) }).service,
      ];
    },
  });
  acm = aws.client(ACMClient);
  route53 = aws.client(Route53Client);
}

afterEach(async () => {
  names.close();
  await aws.close();
});

/** A hosted zone for example.test, after the person at the registrar had time to delegate it. */
async function aZone(): Promise<string> {
  const { HostedZone } = await route53.send(
    new CreateHostedZoneCommand({ Name: 'example.test', CallerReference: 'a' }),
  );
  await aws.clock.advance(60_000);
  return HostedZone?.Id ?? '';
}

async function create(HostedZoneId: string, ...sets: ResourceRecordSet[]): Promise<void> {
  const Changes = sets.map((ResourceRecordSet) => ({ Action: 'CREATE' as const, ResourceRecordSet }));
  const { ChangeInfo } = await route53.send(
    new ChangeResourceRecordSetsCommand({ HostedZoneId, ChangeBatch: { Changes } }),
  );
  await aws.clock.until(async () => {
    const change = await route53.send(new GetChangeCommand({ Id: ChangeInfo?.Id }));
    return change.ChangeInfo?.Status === 'INSYNC';
  });
}

async function request(DomainName: string, SubjectAlternativeNames?: string[]): Promise<string> {
  const { CertificateArn = '' } = await acm.send(
    new RequestCertificateCommand({
      DomainName,
      ValidationMethod: 'DNS',
      KeyAlgorithm: 'EC_prime256v1',
      ...(SubjectAlternativeNames && { SubjectAlternativeNames }),
    }),
  );
  await aws.clock.advance(10_000);
  return CertificateArn;
}

const describeOne = async (CertificateArn: string) =>
  (await acm.send(new DescribeCertificateCommand({ CertificateArn }))).Certificate;

/** The validation records of a certificate, each once. */
async function validationSets(arn: string): Promise<ResourceRecordSet[]> {
  const options = (await describeOne(arn))?.DomainValidationOptions ?? [];
  const records = new Map(options.map(({ ResourceRecord }) => [ResourceRecord?.Name, ResourceRecord?.Value]));
  return [...records].map(([Name, Value]) => ({ Name, Type: 'CNAME', TTL: 300, ResourceRecords: [{ Value }] }));
}

describe('ACM asks the DNS that Route 53 answers', () => {
  test('and issues once the records of a name, its wildcard and a second name are served', async () => {
    await start();
    const zone = await aZone();
    const arn = await request('shop.example.test', ['*.shop.example.test', 'www.example.test']);
    const sets = await validationSets(arn);
    expect(sets).toHaveLength(2);
    await create(zone, ...sets);
    await aws.clock.advance(62_000);

    expect((await describeOne(arn))?.Status).toBe('ISSUED');
  });

  test('A11: and waits while the zone is not delegated', async () => {
    await start({ delegatesAfterSeconds: undefined });
    const zone = await aZone();
    const arn = await request('shop.example.test');
    await create(zone, ...(await validationSets(arn)));
    await aws.clock.advance(3_600_000);

    expect((await describeOne(arn))?.Status).toBe('PENDING_VALIDATION');
  });

  test('A5: and fails the request when the CAA record of the parent names another CA', async () => {
    await start();
    const zone = await aZone();
    await create(zone, {
      Name: 'example.test',
      Type: 'CAA',
      TTL: 300,
      ResourceRecords: [{ Value: '0 issue "letsencrypt.org"' }],
    });
    const arn = await request('shop.example.test');
    await create(zone, ...(await validationSets(arn)));
    await aws.clock.advance(62_000);

    expect(await describeOne(arn)).toMatchObject({ Status: 'FAILED', FailureReason: 'CAA_ERROR' });
  });

  test('A8: and knows a top-level domain that is none', async () => {
    await start();
    const arn = await request('shop.nowhere');

    expect(await describeOne(arn)).toMatchObject({ Status: 'FAILED', FailureReason: 'INVALID_PUBLIC_DOMAIN' });
  });
});
