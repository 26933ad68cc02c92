import { request } from 'node:http';
import { text } from 'node:stream/consumers';
import { afterEach, describe, expect, test } from '@jest/globals';
import { AwsError } from '../../../local/wire/service.ts';
import { type AnApi, anApiGateway } from './an-api.ts';

describe('a request to an HTTP API', () => {
  let aws: AnApi;
  afterEach(async () => {
    await aws.close();
  });

  test('reaches the function as an event of format 2.0', async () => {
    aws = await anApiGateway();
    const { apiId, url } = await aws.anApi({ 'POST /v1/sites/{domain}': 'NONE' });
    await fetch(`${url}/v1/sites/caf%C3%A9.test?a=1&a=2&b=x%20y`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', cookie: 'one=1; two=2', 'user-agent': 'test' },
      body: '{"domain":"shop"}',
    });
    const host = url.replace('http://', '');
    expect(aws.asked[0]?.event).toMatchObject({
      version: '2.0',
      routeKey: 'POST /v1/sites/{domain}',
      rawPath: '/v1/sites/café.test',
      rawQueryString: 'a=1&a=2&b=x%20y',
      cookies: ['one=1', 'two=2'],
      headers: { host, 'content-type': 'application/json', 'content-length': '17', 'x-forwarded-proto': 'http' },
      queryStringParameters: { a: '1,2', b: 'x y' },
      pathParameters: { domain: 'café.test' },
      requestContext: {
        accountId: '123456789012',
        apiId,
        domainName: host,
        http: { method: 'POST', path: '/v1/sites/café.test', sourceIp: '198.51.100.7', userAgent: 'test' },
        routeKey: 'POST /v1/sites/{domain}',
        stage: '$default',
        time: expect.stringMatching(/^22\/Nov\/2026:12:00:\d\d \+0000$/),
      },
      body: '{"domain":"shop"}',
      isBase64Encoded: false,
    });
    expect(aws.asked[0]?.event.headers).not.toHaveProperty('cookie');
    expect(aws.asked[0]?.principal).toEqual({
      service: 'apigateway.amazonaws.com',
      arn: `arn:aws:execute-api:us-east-1:123456789012:${apiId}/$default/POST/v1/sites/{domain}`,
      sourceArn: `arn:aws:execute-api:us-east-1:123456789012:${apiId}/$default/POST/v1/sites/{domain}`,
    });
  });

  test('brings bytes and forms in base64, and no body where there is none', async () => {
    aws = await anApiGateway();
    const { url } = await aws.anApi({ $default: 'NONE' });
    await fetch(url, { method: 'POST', body: new URLSearchParams({ a: '1' }) });
    await fetch(url);
    expect(aws.asked.map(({ event }) => [event.body, event.isBase64Encoded])).toEqual([
      [Buffer.from('a=1').toString('base64'), true],
      [undefined, false],
    ]);
  });

  test('is answered with status, headers, cookies and body of the function', async () => {
    aws = await anApiGateway(() => ({
      statusCode: 202,
      headers: { Location: '/v1/sites/shop', 'Content-Type': 'application/problem+json', Connection: 'close' },
      cookies: ['a=1; Path=/', 'b=2'],
      body: Buffer.from('bytes').toString('base64'),
      isBase64Encoded: true,
    }));
    const { url } = await aws.anApi({ $default: 'NONE' });
    const answer = await fetch(url);
    expect(answer.status).toBe(202);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      location: '/v1/sites/shop',
      'content-type': 'application/problem+json',
      'apigw-requestid': expect.stringMatching(/^[0-9a-f]{15}$/),
      date: expect.stringMatching(/^Sun, 22 Nov 2026 12:00:/),
    });
    expect(answer.headers.getSetCookie()).toEqual(['a=1; Path=/', 'b=2']);
    expect(await answer.text()).toBe('bytes');
  });

  test.each([
    ['an object without statusCode', { a: 1 }, 200, '{"a":1}'],
    ['a text', 'hello', 200, 'hello'],
    ['an error', new Error(), 500, '{"message":"Internal Server Error"}'],
    ['a status that is none', { statusCode: 'x' }, 500, '{"message":"Internal Server Error"}'],
    ['a body that is no text', { statusCode: 200, body: { a: 1 } }, 500, '{"message":"Internal Server Error"}'],
  ])('is answered by %s as AWS does it', async (_, said, status, body) => {
    aws = await anApiGateway(() => said);
    const { url } = await aws.anApi({ $default: 'NONE' });
    const answer = await fetch(url);
    expect([answer.status, await answer.text()]).toEqual([status, body]);
  });

  test('is "Internal Server Error" when the API may not call the function', async () => {
    aws = await anApiGateway(() => {
      throw new AwsError('AccessDeniedException', 'no resource-based policy allows it', { status: 403 });
    });
    const { url } = await aws.anApi({ $default: 'NONE' });
    const said: string[] = [];
    const { error } = console;
    console.error = (line: string) => void said.push(line);
    const answer = await fetch(url);
    console.error = error;
    expect([answer.status, await answer.text()]).toEqual([500, '{"message":"Internal Server Error"}']);
    expect(said[0]).toContain('AccessDeniedException');
  });

  test('is a bare 500 or 503 while Lambda throttles the function, and never its 429 (A7)', async () => {
    aws = await anApiGateway(() => {
      throw new AwsError('TooManyRequestsException', 'Rate Exceeded.', { status: 429 });
    });
    const { url } = await aws.anApi({ $default: 'NONE' });
    const { error } = console;
    console.error = () => {};
    const answers = [];
    for (let asked = 0; asked < 20; asked++) answers.push(await fetch(url));
    console.error = error;
    const said = await Promise.all(answers.map(async (answer) => `${answer.status} ${await answer.text()}`));
    expect(new Set(said)).toEqual(
      new Set(['500 {"message":"Internal Server Error"}', '503 {"message":"Service Unavailable"}']),
    );
    expect(answers.filter(({ headers }) => headers.has('retry-after'))).toEqual([]);
  });

  test('is "Service Unavailable" when the function takes longer than the integration waits', async () => {
    aws = await anApiGateway(() => new Promise(() => {}));
    const { url } = await aws.anApi({ $default: 'NONE' }, { timeoutMs: 50 });
    const answer = await fetch(url);
    expect([answer.status, await answer.text()]).toEqual([503, '{"message":"Service Unavailable"}']);
  });

  test('takes AWS time, and not ours, while its function waits', async () => {
    aws = await anApiGateway(async ({ pause }) => {
      await pause(aws.clock.wait(20_000));
      return { statusCode: 200 };
    });
    const { url } = await aws.anApi({ $default: 'NONE' });
    const began = aws.clock.now().getTime();
    const answer = fetch(url);
    while (aws.asked.length === 0) await new Promise((turn) => setImmediate(turn));
    await aws.clock.advance(20_000);
    expect((await answer).status).toBe(200);
    expect(aws.clock.now().getTime() - began).toBeLessThan(30_000);
  });

  test('is "Not Found" without a route or without a stage, and finds a stage by its name', async () => {
    aws = await anApiGateway();
    const { url } = await aws.anApi({ 'GET /pets': 'NONE' }, { stage: 'beta' });
    const answers = await Promise.all([fetch(`${url}/pets`), fetch(`${url}/beta/other`), fetch(`${url}/beta/pets`)]);
    expect(answers.map(({ status }) => status)).toEqual([404, 404, 200]);
    expect(await answers[0]?.json()).toEqual({ message: 'Not Found' });
    expect(aws.asked[0]?.event.rawPath).toBe('/beta/pets');
  });

  test('over 10 MB is refused', async () => {
    aws = await anApiGateway();
    const { url } = await aws.anApi({ $default: 'NONE' });
    const answer = await fetch(url, { method: 'POST', body: Buffer.alloc(10 * 1024 * 1024 + 1) });
    expect(answer.status).toBe(413);
    expect(aws.asked).toEqual([]);
  });
});

describe('a web page', () => {
  let aws: AnApi;
  afterEach(async () => {
    await aws.close();
  });

  /** fetch() sets neither Host nor Origin. */
  async function ask(url: string, headers: Record<string, string>, method = 'GET') {
    const { promise, resolve, reject } = Promise.withResolvers<{ status: number; headers: object; body: string }>();
    request(url, { method, headers, agent: false }, async (answer) =>
      resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: await text(answer) }),
    )
      .on('error', reject)
      .end();
    return await promise;
  }

  test('of another origin reaches no API, by Origin, by Sec-Fetch-Site or by a name that leads to the loopback', async () => {
    aws = await anApiGateway();
    const { url } = await aws.anApi({ $default: 'NONE' });
    const refused = await Promise.all([
      ask(url, { origin: 'https://evil.example' }),
      ask(url, { origin: 'null' }),
      ask(url, { 'sec-fetch-site': 'cross-site' }),
      ask(url, { host: 'evil.example' }),
      ask(url, { origin: 'https://evil.example', 'access-control-request-method': 'POST' }, 'OPTIONS'),
    ]);
    expect(refused.map(({ status }) => status)).toEqual([403, 403, 403, 403, 403]);
    expect(JSON.stringify(refused)).not.toContain('access-control-allow-origin');
    expect(aws.asked).toEqual([]);
    expect((await ask(url, { origin: url, 'sec-fetch-site': 'same-origin' })).status).toBe(200);
  });

  test("reaches it where the API's own CORS configuration lets it in", async () => {
    aws = await anApiGateway();
    const CorsConfiguration = {
      AllowOrigins: ['https://console.example'],
      AllowMethods: ['POST'],
      AllowHeaders: ['content-type'],
      MaxAge: 60,
    };
    const { url } = await aws.anApi({ $default: 'NONE' }, { CorsConfiguration });
    const origin = 'https://console.example';
    expect(await ask(url, { origin, 'access-control-request-method': 'POST' }, 'OPTIONS')).toMatchObject({
      status: 204,
      headers: {
        'access-control-allow-origin': origin,
        'access-control-allow-methods': 'POST',
        'access-control-allow-headers': 'content-type',
        'access-control-max-age': '60',
      },
    });
    expect(aws.asked).toEqual([]);
    expect(await ask(url, { origin }, 'POST')).toMatchObject({
      status: 200,
      headers: { 'access-control-allow-origin': origin },
    });
    expect((await ask(url, { origin: 'https://evil.example' })).status).toBe(403);
    expect((await ask(url, { origin, host: 'evil.example' })).status).toBe(403);
  });

  test('is answered 429 by a stage whose tokens are used up, and again when AWS time has brought some (B10)', async () => {
    aws = await anApiGateway();
    const { url } = await aws.anApi(
      { $default: 'NONE' },
      { throttle: { ThrottlingBurstLimit: 2, ThrottlingRateLimit: 1 } },
    );
    const ask = async () => {
      const answer = await fetch(url);
      return [answer.status, await answer.text()];
    };
    expect([await ask(), await ask(), await ask()]).toEqual([
      [200, 'ok'],
      [200, 'ok'],
      [429, '{"message":"Too Many Requests"}'],
    ]);
    expect(aws.asked).toHaveLength(2);
    await aws.clock.advance(1000);
    expect(await ask()).toEqual([200, 'ok']);
  });
});
