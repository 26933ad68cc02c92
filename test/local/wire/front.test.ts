import { request as httpRequest } from 'node:http';
import { gzipSync } from 'node:zlib';
import { ACMClient, ListCertificatesCommand, RequestCertificateCommand } from '@aws-sdk/client-acm';
import { GetHostedZoneCountCommand, Route53Client } from '@aws-sdk/client-route-53';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Call, Dispatch } from '../../../local/wire/service.ts';
import { type AFront, aFront } from '../../support/front.ts';
import { recording } from '../../support/recording.ts';

let aws: AFront;
const list = recording();
const request = recording({ CertificateArn: 'arn:c' });
const count = recording({ HostedZoneCount: 1 });
const assume = recording({});
let lastCall: Call | undefined;

beforeAll(async () => {
  aws = await aFront({
    services: () => [
      {
        name: 'acm',
        protocol: 'awsJson1_1',
        model: () => import('@aws-sdk/client-acm'),
        operations: {
          ListCertificates: {
            run(input: unknown, call: Call) {
              lastCall = call;
              return list.run(input as never, call);
            },
          },
          RequestCertificate: request,
        },
      },
      {
        name: 'route53',
        global: true,
        protocol: 'restXml',
        model: () => import('@aws-sdk/client-route-53'),
        operations: {
          GetHostedZoneCount: {
            run(input: unknown, call: Call) {
              lastCall = call;
              return count.run(input as never, call);
            },
          },
        },
      },
      {
        name: 'sts',
        protocol: 'awsQuery',
        model: () => import('@aws-sdk/client-sts'),
        operations: { AssumeRole: assume },
      },
    ],
  });
});
afterAll(() => aws.close());
beforeEach(() => {
  list.answer = {};
});

/** A request as a browser or an attacker would send it; fetch() would not let Host through. */
function send(options: { path?: string; method?: string; headers?: Record<string, string>; body?: string | Buffer }) {
  return new Promise<{ status: number; text: string }>((resolve, reject) => {
    const { path = '/', method = 'GET', headers = {}, body } = options;
    const outgoing = httpRequest(`${aws.url}${path}`, { method, headers, agent: false }, (incoming) => {
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      incoming.on('end', () => resolve({ status: incoming.statusCode ?? 0, text: Buffer.concat(chunks).toString() }));
    });
    outgoing.on('error', reject).end(body);
  });
}

describe('who is asked', () => {
  test('is the service that the request is signed for, in the region it is signed for', async () => {
    await aws.client(ACMClient, { region: 'eu-central-1' }).send(new ListCertificatesCommand({}));
    expect(lastCall).toMatchObject({
      service: 'acm',
      operation: 'ListCertificates',
      region: 'eu-central-1',
      account: '123456789012',
    });
  });

  test('has one region if it is global', async () => {
    await aws.client(Route53Client, { region: 'eu-central-1' }).send(new GetHostedZoneCountCommand({}));
    expect(lastCall?.region).toBe('us-east-1');
  });

  test('shows in X-Amz-Target, in the API version or in the path of an unsigned request', async () => {
    const headers = {
      'x-amz-target': 'CertificateManager.ListCertificates',
      'content-type': 'application/x-amz-json-1.1',
    };
    expect((await send({ method: 'POST', headers, body: '{}' })).status).toBe(200);
    expect(lastCall).toMatchObject({ service: 'acm', region: 'us-east-1' });
    expect((await send({ path: '/2013-04-01/hostedzonecount' })).status).toBe(200);
    expect(lastCall?.service).toBe('route53');
    const body = 'Action=AssumeRole&Version=2011-06-15&RoleArn=arn:aws:iam::123456789012:role/r&RoleSessionName=ab';
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    expect((await send({ method: 'POST', headers: form, body })).status).toBe(200);
    expect(assume.inputs.at(-1)).toMatchObject({ RoleSessionName: 'ab' });
  });

  test('shows in the query of a presigned request', async () => {
    const query = new URLSearchParams({
      'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
      'X-Amz-Credential': 'AKIAEXAMPLE/20261122/us-west-2/route53/aws4_request',
      'X-Amz-SignedHeaders': 'host',
      'X-Amz-Signature': '00',
    });
    expect((await send({ path: `/2013-04-01/hostedzonecount?${query}` })).status).toBe(200);
  });

  test('is named when it is not here', async () => {
    const authorization =
      'AWS4-HMAC-SHA256 Credential=AKIAEXAMPLE/20261122/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=00';
    const answer = await send({ headers: { authorization } });
    expect(answer).toMatchObject({
      status: 501,
      text: expect.stringContaining('The service &#34;s3&#34; is not part of the local AWS'),
    });
  });

  test('cannot be told of a request that says nothing', async () => {
    expect(await send({ path: '/favicon.ico' })).toMatchObject({
      status: 501,
      text: expect.stringContaining('Cannot tell'),
    });
  });
});

describe('callers of this machine only', () => {
  test.each(['127.0.0.1', 'localhost', '[::1]', 'localhost:4566'])('Host "%s" is answered', async (host) => {
    expect((await send({ path: '/2013-04-01/hostedzonecount', headers: { host } })).status).toBe(200);
  });

  test.each(['evil.test', '127.0.0.1.evil.test', 'localhost.evil.test:80', '192.168.1.2'])(
    'Host "%s" is refused: a foreign name may point at 127.0.0.1',
    async (host) => {
      expect((await send({ path: '/2013-04-01/hostedzonecount', headers: { host } })).status).toBe(403);
    },
  );

  test.each(['https://evil.test', 'http://localhost:1', 'null'])('a page of "%s" is refused', async (origin) => {
    const answer = await send({ path: '/2013-04-01/hostedzonecount', headers: { origin } });
    expect(answer).toMatchObject({ status: 403, text: expect.stringContaining(origin) });
  });

  test('a page of another site that loads an image is refused', async () => {
    const headers = { 'sec-fetch-site': 'cross-site' };
    expect((await send({ path: '/?Action=AssumeRole&Version=2011-06-15', headers })).status).toBe(403);
  });

  test("this port's own pages are answered", async () => {
    const headers = { origin: aws.url, 'sec-fetch-site': 'same-origin' };
    expect((await send({ path: '/2013-04-01/hostedzonecount', headers })).status).toBe(200);
  });

  test('a body that is too large is refused', async () => {
    const headers = { 'x-amz-target': 'CertificateManager.ListCertificates' };
    const answer = await send({ method: 'POST', headers, body: Buffer.alloc(17 * 1024 * 1024, 0x20) });
    expect(answer.status).toBe(413);
  });
});

describe('a request that cannot be read', () => {
  test('because its path is none is refused', async () => {
    expect((await send({ path: '//' })).status).toBe(400);
  });

  test('because it cannot be unpacked is refused', async () => {
    const headers = { 'content-encoding': 'gzip' };
    expect(await send({ method: 'POST', headers, body: 'nonsense' })).toMatchObject({
      status: 400,
      text: expect.stringContaining('Cannot unpack the body'),
    });
  });

  test('because the caller hung up in the middle disturbs nobody', async () => {
    const half = httpRequest(aws.url, { method: 'POST', headers: { 'content-length': 10 }, agent: false });
    half.on('error', () => undefined).write('half');
    await new Promise<void>((sent) => half.on('socket', (socket) => socket.on('connect', sent)));
    half.destroy();
    await aws.client(ACMClient).send(new ListCertificatesCommand({}));
  });
});

test('a packed body is unpacked', async () => {
  const headers = {
    'x-amz-target': 'CertificateManager.RequestCertificate',
    'content-type': 'application/x-amz-json-1.1',
    'content-encoding': 'gzip',
  };
  const body = gzipSync('{"DomainName":"packed.test"}');
  expect((await send({ method: 'POST', headers, body })).status).toBe(200);
  expect(request.inputs.at(-1)).toEqual({ DomainName: 'packed.test' });
});

describe('mistakes of an operation', () => {
  test('are an internal failure', async () => {
    const printed: unknown[] = [];
    const print = console.error;
    console.error = (...words) => void printed.push(...words);
    try {
      list.answer = new TypeError('x is not a function');
      await expect(aws.client(ACMClient).send(new ListCertificatesCommand({}))).rejects.toMatchObject({
        name: 'InternalFailure',
        $metadata: { httpStatusCode: 500 },
      });
    } finally {
      console.error = print;
    }
    expect(printed).toHaveLength(1);
  });
});

describe('the log', () => {
  test('keeps every call without its body, and whether it changes anything', async () => {
    const mark = aws.calls.mark();
    const acm = aws.client(ACMClient);
    await acm.send(new ListCertificatesCommand({}));
    await acm.send(new RequestCertificateCommand({ DomainName: 'hunter2.test' }));
    await acm.send(new RequestCertificateCommand({} as never)).catch(() => undefined);
    const calls = aws.calls.since(mark);
    expect(calls.map(({ service, operation, mutating, error }) => [service, operation, mutating, error])).toEqual([
      ['acm', 'ListCertificates', false, undefined],
      ['acm', 'RequestCertificate', true, undefined],
      ['acm', 'RequestCertificate', true, 'ValidationException'],
    ]);
    expect(calls[0]).toMatchObject({ principal: 'arn:aws:iam::123456789012:root', region: 'us-east-1' });
    expect(JSON.stringify(calls)).not.toContain('hunter2');
    expect(aws.calls.counts().acm).toBeGreaterThanOrEqual(3);
  });
});

describe('time', () => {
  test('counts a call as work, so that the clock does not run away under it', async () => {
    const sent = aws.client(ACMClient).send(new ListCertificatesCommand({}));
    await aws.clock.advance(60_000);
    await sent;
  });

  test('is not what a client with another clock hears of', async () => {
    const signed = '20200101T000000Z';
    const answer = await fetch(`${aws.url}/2013-04-01/hostedzonecount`, { headers: { 'x-amz-date': signed } });
    expect(answer.headers.get('date')).toBe('Wed, 01 Jan 2020 00:00:00 GMT');
  });
});

describe('dispatch', () => {
  const principal = { arn: 'arn:aws:iam::123456789012:root' };
  const dispatch: Dispatch = (asked) => aws.dispatch(asked);

  test('calls an operation from inside, and logs it', async () => {
    const mark = aws.calls.mark();
    const input = { DomainName: 'a.test' };
    const answer = await dispatch({
      service: 'acm',
      operation: 'RequestCertificate',
      input,
      principal,
      region: 'eu-west-1',
    });
    expect(answer).toEqual({ CertificateArn: 'arn:c' });
    expect(aws.calls.since(mark)).toMatchObject([{ operation: 'RequestCertificate', region: 'eu-west-1' }]);
  });

  test('validates', async () => {
    await expect(
      dispatch({ service: 'acm', operation: 'RequestCertificate', input: {}, principal }),
    ).rejects.toMatchObject({
      code: 'ValidationException',
    });
  });

  test('names what is not here', async () => {
    await expect(dispatch({ service: 's3', operation: 'GetObject', input: {}, principal })).rejects.toThrow(
      '"GetObject" of s3 is not part of the local AWS',
    );
  });
});
