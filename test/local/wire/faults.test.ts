import { ACMClient, ListCertificatesCommand, RequestCertificateCommand } from '@aws-sdk/client-acm';
import { DeleteVpcCommand, EC2Client } from '@aws-sdk/client-ec2';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { Draws } from '../../../local/draws/draws.ts';
import { Faults } from '../../../local/wire/faults.ts';
import type { Service } from '../../../local/wire/service.ts';
import { type AFront, aFront } from '../../support/front.ts';
import { type Recording, recording } from '../../support/recording.ts';

let aws: AFront;
let request: Recording;
let rates: NonNullable<Service['rates']>;
let killed: string[];
let lists: Recording;

beforeEach(async () => {
  killed = [];
  lists = recording();
  request = recording({ CertificateArn: 'arn:c' });
  rates = { actions: { ListCertificates: { burst: 2, perSecond: 1 } }, all: { burst: 5, perSecond: 1 } };
  aws = await aFront({
    kill: async ({ arn }) => void killed.push(arn),
    services: () => [
      {
        name: 'acm',
        protocol: 'awsJson1_1',
        model: () => import('@aws-sdk/client-acm'),
        operations: { RequestCertificate: request, ListCertificates: lists },
        rates,
      },
      {
        name: 'ec2',
        protocol: 'ec2Query',
        model: () => import('@aws-sdk/client-ec2'),
        operations: { DeleteVpc: recording(undefined) },
        rates: { all: { burst: 1, perSecond: 1 } },
      },
    ],
  });
});
afterEach(() => aws.close());

const ask = () => aws.client(ACMClient).send(new RequestCertificateCommand({ DomainName: 'a.test' }));
const on = { service: 'acm', operation: 'RequestCertificate' };

describe('a fault', () => {
  test('before the effect answers with an error and has no effect', async () => {
    aws.faults.add({ ...on, kind: 'error-before' });
    await expect(ask()).rejects.toMatchObject({ name: 'InternalFailure', $metadata: { httpStatusCode: 500 } });
    expect(request.inputs).toHaveLength(0);
    await ask();
    expect(request.inputs).toHaveLength(1);
  });

  test('after the effect answers with an error though it happened', async () => {
    aws.faults.add({ ...on, kind: 'error-after', code: 'ServiceUnavailable' });
    await expect(ask()).rejects.toMatchObject({ name: 'ServiceUnavailable' });
    expect(request.inputs).toHaveLength(1);
  });

  test('strikes the call it counts to, so many times', async () => {
    aws.faults.add({ ...on, kind: 'error-before', at: 2, times: 2 });
    const outcomes: string[] = [];
    for (let call = 0; call < 4; call++)
      outcomes.push(
        await ask().then(
          () => 'ok',
          () => 'failed',
        ),
      );
    expect(outcomes).toEqual(['ok', 'failed', 'failed', 'ok']);
  });

  test('may cut the connection before or after the effect', async () => {
    aws.faults.add({ ...on, kind: 'reset-before' });
    await expect(ask()).rejects.toThrow('socket hang up');
    expect(request.inputs).toHaveLength(0);
    aws.faults.add({ ...on, kind: 'reset-after' });
    await expect(ask()).rejects.toThrow('socket hang up');
    expect(request.inputs).toHaveLength(1);
  });

  test('may kill the caller before or after the effect', async () => {
    aws.faults.add({ ...on, kind: 'kill-before' });
    await expect(ask()).rejects.toThrow('socket hang up');
    expect([request.inputs.length, killed.length]).toEqual([0, 1]);
    aws.faults.add({ ...on, kind: 'kill-after' });
    await expect(ask()).rejects.toThrow('socket hang up');
    expect([request.inputs.length, killed.length]).toEqual([1, 2]);
  });

  test('may give the answer that the same question had before, while it is not too old', async () => {
    aws.faults.add({ ...on, operation: 'ListCertificates', kind: 'stale', seconds: 30, times: 9 });
    const list = () => aws.client(ACMClient).send(new ListCertificatesCommand({}));
    const arns = async () => (await list()).CertificateSummaryList?.map(({ CertificateArn }) => CertificateArn);
    lists.answer = { CertificateSummaryList: [{ CertificateArn: 'arn:first' }] };
    expect(await arns()).toEqual(['arn:first']);
    lists.answer = { CertificateSummaryList: [{ CertificateArn: 'arn:second' }] };
    expect(await arns()).toEqual(['arn:first']);
    await aws.clock.advance(31_000);
    expect(await arns()).toEqual(['arn:second']);
    expect(aws.faults.list()[0]).toMatchObject({ seen: 3, stale: 1 });
  });

  test('concerns only the callers that it names', async () => {
    aws.faults.add({ ...on, kind: 'error-before', caller: 'assumed-role/' });
    await ask();
    const role = aws.role({ Effect: 'Allow', Action: 'acm:*', Resource: '*' });
    const asRole = aws.client(ACMClient, { credentials: role });
    await expect(asRole.send(new RequestCertificateCommand({ DomainName: 'a.test' }))).rejects.toMatchObject({
      name: 'InternalFailure',
    });
  });

  test('may leave the caller without an answer until the connection times out', async () => {
    aws.faults.add({ ...on, kind: 'timeout-after', seconds: 30 });
    const asked = ask().catch((error: unknown) => error);
    while (aws.calls.mark() === 0) await new Promise((turn) => setImmediate(turn));
    expect(request.inputs).toHaveLength(1);
    await aws.clock.advance(31_000);
    expect(await asked).toMatchObject({ message: expect.stringContaining('socket hang up') });
  });

  test('may be slow', async () => {
    const start = aws.clock.now().getTime();
    aws.faults.add({ ...on, kind: 'slow', seconds: 20 });
    const asked = ask();
    while (aws.faults.list()[0]?.seen === 0) await new Promise((turn) => setImmediate(turn));
    await aws.clock.advance(20_000);
    await asked;
    expect(aws.calls.since()[0]?.ms).toBeGreaterThanOrEqual(20_000);
    expect(aws.clock.now().getTime() - start).toBeLessThan(25_000);
  });

  test('may throttle', async () => {
    aws.faults.add({ ...on, kind: 'throttle' });
    await expect(ask()).rejects.toMatchObject({ name: 'ThrottlingException', message: 'Rate exceeded' });
    expect(request.inputs).toHaveLength(0);
  });

  test('reaches calls from inside the process', async () => {
    aws.faults.add({ service: '*', operation: '*', kind: 'reset-after', times: Number.POSITIVE_INFINITY });
    const principal = { arn: 'arn:aws:iam::123456789012:root' };
    await expect(aws.dispatch({ ...on, input: { DomainName: 'a.test' }, principal })).rejects.toMatchObject({
      code: 'SdkClientException',
    });
    expect(request.inputs).toHaveLength(1);
  });

  test('is named by its code in the log', async () => {
    aws.faults.add({ ...on, kind: 'reset-after' });
    await ask().catch(() => undefined);
    expect(aws.calls.since()).toMatchObject([{ operation: 'RequestCertificate', error: 'NoAnswer' }]);
  });
});

const NOW = new Date('2026-11-29T12:00:00Z');

describe('rules', () => {
  test('play an outage: every call from the one named, for so long in AWS time', () => {
    const faults = new Faults();
    faults.add({ service: '*', operation: '*', kind: 'throttle', at: 2, lasts: 3 * 3_600 });
    const struck = (seconds: number) =>
      faults.strike({ ...on, principal: {} }, new Date(NOW.getTime() + seconds * 1_000))?.kind;
    expect([0, 60, 61, 60 + 10_799, 60 + 10_800, 90_000].map(struck)).toEqual([
      undefined,
      'throttle',
      'throttle',
      'throttle',
      undefined,
      undefined,
    ]);
  });

  test('are listed, removed and cleared', () => {
    const faults = new Faults();
    const first = faults.add({ ...on, kind: 'slow' });
    const second = faults.add({ ...on, kind: 'throttle' });
    expect(faults.list().map(({ id }) => id)).toEqual([first, second]);
    expect(faults.remove(first)).toBe(true);
    expect(faults.remove(first)).toBe(false);
    expect(faults.strike({ ...on, principal: {} }, NOW)?.kind).toBe('throttle');
    faults.clear();
    expect(faults.strike({ ...on, principal: {} }, NOW)).toBeUndefined();
  });

  test('count only the calls that they concern', () => {
    const faults = new Faults();
    faults.add({ service: 'acm', operation: '*', kind: 'slow', at: 2 });
    const principal = {};
    expect(faults.strike({ service: 'route53', operation: 'ListHostedZones', principal }, NOW)).toBeUndefined();
    expect(faults.strike({ service: 'acm', operation: 'ListCertificates', principal }, NOW)).toBeUndefined();
    expect(faults.strike({ service: 'acm', operation: 'DescribeCertificate', principal }, NOW)?.kind).toBe('slow');
  });
});

describe('bad luck', () => {
  const unlucky = (seed: number, principal: { roleArn?: string }) => {
    const faults = new Faults({ luck: { draws: new Draws(seed), share: 0.1 } });
    return Array.from({ length: 1000 }, () => faults.strike({ ...on, principal }, NOW)?.kind);
  };

  test("strikes its share of a role's calls, in each of its kinds, the same for the same seed", () => {
    const role = { roleArn: 'arn:aws:iam::123456789012:role/R' };
    const struck = unlucky(1, role);
    expect(struck.filter((kind) => kind !== undefined).length).toBeGreaterThan(60);
    expect(struck.filter((kind) => kind !== undefined).length).toBeLessThan(140);
    expect(new Set(struck)).toEqual(new Set([undefined, 'throttle', 'error-before', 'error-after']));
    expect(unlucky(1, role)).toEqual(struck);
    expect(unlucky(2, role)).not.toEqual(struck);
  });

  test('spares the person at this machine', () => {
    expect(new Set(unlucky(1, {}))).toEqual(new Set([undefined]));
  });
});

describe('throttling', () => {
  const list = (region = 'us-east-1') => aws.client(ACMClient, { region }).send(new ListCertificatesCommand({}));

  test("refuses what goes beyond an operation's rate, per region, until AWS time has passed", async () => {
    await list();
    await list();
    await expect(list()).rejects.toMatchObject({ name: 'ThrottlingException', message: 'Rate exceeded' });
    await list('eu-west-1');
    await aws.clock.advance(1000);
    await list();
  });

  test('refuses what goes beyond the rate of all operations together', async () => {
    for (let call = 0; call < 5; call++) await ask();
    await expect(ask()).rejects.toMatchObject({ name: 'ThrottlingException' });
  });

  test("speaks EC2's words for EC2", async () => {
    const ec2 = aws.client(EC2Client);
    await ec2.send(new DeleteVpcCommand({ VpcId: 'vpc-1' }));
    await expect(ec2.send(new DeleteVpcCommand({ VpcId: 'vpc-1' }))).rejects.toMatchObject({
      name: 'RequestLimitExceeded',
      $metadata: { httpStatusCode: 503 },
    });
  });

  test('has the code that the service says', async () => {
    rates.code = 'RequestInProgressException';
    for (let call = 0; call < 5; call++) await ask();
    await expect(ask()).rejects.toMatchObject({ name: 'RequestInProgressException' });
  });
});
