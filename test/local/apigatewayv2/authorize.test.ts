import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { SignatureV4 } from '@smithy/signature-v4';
import { Sha256 } from '../../../cli/target/sha256.ts';
import { createPermissions, type RolePermissions } from '../../../local/permissions/permissions.ts';
import type { PolicyStatement } from '../../../local/permissions/policy.ts';
import { type AnApi, anApiGateway } from './an-api.ts';

const roleArn = 'arn:aws:iam::123456789012:role/caller';

describe('a route with IAM authorization', () => {
  let aws: AnApi;
  let permissions: RolePermissions;
  let statement: PolicyStatement;
  beforeEach(async () => {
    aws = await anApiGateway(undefined, {
      permissions: (host) => {
        permissions = createPermissions(host, {
          policiesOf: () => [{ Statement: statement }],
          trustOf: () => undefined,
        });
        return permissions;
      },
    });
  });
  afterEach(async () => {
    await aws.close();
  });

  async function signed(
    url: string,
    {
      path,
      method = 'GET',
      body,
      service = 'execute-api',
      tampered,
    }: {
      path: string;
      method?: string;
      body?: string;
      service?: string;
      tampered?: string;
    },
    credentials: { accessKeyId: string; secretAccessKey: string; sessionToken?: string } = permissions.issue(
      roleArn,
      's',
    ),
  ): Promise<Response> {
    const { hostname, host, port } = new URL(url);
    const signer = new SignatureV4({ service, region: 'us-east-1', credentials, sha256: Sha256 });
    const [pathname = '', search = ''] = path.split('?');
    const { headers } = await signer.sign({
      method,
      protocol: 'http:',
      hostname,
      port: Number(port),
      path: pathname,
      query: Object.fromEntries(new URLSearchParams(search)),
      headers: { host },
      ...(body !== undefined && { body }),
    });
    const { host: _host, ...sent } = headers;
    const given = tampered ?? body;
    return await fetch(url + path, { method, headers: sent, ...(given !== undefined && { body: given }) });
  }

  test('answers a role that may execute-api:Invoke it, and tells the function who calls', async () => {
    const { apiId, url } = await aws.anApi({ 'GET /v1/sites/{domain}': 'AWS_IAM' });
    statement = {
      Effect: 'Allow',
      Action: 'execute-api:Invoke',
      Resource: `arn:aws:execute-api:us-east-1:123456789012:${apiId}/$default/GET/v1/sites/*`,
    };
    const answer = await signed(url, { path: '/v1/sites/caf%C3%A9.test?a=b%20c' });
    expect(answer.status).toBe(200);
    expect(aws.asked[0]?.event.requestContext.authorizer.iam).toMatchObject({
      accountId: '123456789012',
      userArn: 'arn:aws:sts::123456789012:assumed-role/caller/s',
    });
  });

  test('B5: writes the caller of a request into the access log, and "-" where it is refused', async () => {
    const DestinationArn = 'arn:aws:logs:us-east-1:123456789012:log-group:/access:*';
    const Format =
      '$context.requestId $context.identity.userArn $context.routeKey $context.status $context.nothing.such';
    const accessLog = { DestinationArn, Format };
    const { url } = await aws.anApi({ 'GET /v1/sites': 'AWS_IAM' }, { accessLog });
    statement = { Effect: 'Allow', Action: '*', Resource: '*' };
    const answer = await signed(url, { path: '/v1/sites' });
    expect((await signed(url, { path: '/v1/sites', service: 'lambda' })).status).toBe(403);
    const [first, second] = aws.logged;
    const userArn = 'arn:aws:sts::123456789012:assumed-role/caller/s';
    const message = `${answer.headers.get('apigw-requestid')} ${userArn} GET /v1/sites 200 -`;
    expect(first).toEqual({ group: '/access', message });
    expect(second?.message).toMatch(/^\S+ - GET \/v1\/sites 403 -$/);
  });

  test('refuses a role that may not, a body that was changed, another service and a token of another', async () => {
    const { url } = await aws.anApi({ 'POST /v1/sites': 'AWS_IAM' });
    const post = { path: '/v1/sites', method: 'POST', body: '{}' };
    statement = { Effect: 'Allow', Action: 'execute-api:Invoke', Resource: 'arn:aws:execute-api:us-east-1:*:other/*' };
    const denied = await signed(url, post);
    expect([denied.status, await denied.json()]).toEqual([403, { message: 'Forbidden' }]);
    statement = { Effect: 'Allow', Action: '*', Resource: '*' };
    expect((await signed(url, post)).status).toBe(200);
    expect((await signed(url, { ...post, tampered: '{"a":1}' })).status).toBe(403);
    expect((await signed(url, { ...post, service: 'lambda' })).status).toBe(403);
    expect((await signed(url, post, { ...permissions.issue(roleArn, 's'), sessionToken: 'x' })).status).toBe(403);
    expect(aws.asked).toHaveLength(1);
  });

  test('answers the person at this machine: unsigned from a loopback name, or signed by a profile of their own', async () => {
    const { url } = await aws.anApi({ 'GET /v1/sites': 'AWS_IAM' });
    expect((await fetch(`${url}/v1/sites`)).status).toBe(200);
    expect((await fetch(`${url.replace('127.0.0.1', 'localhost')}/v1/sites`)).status).toBe(200);
    const own = await signed(url, { path: '/v1/sites' }, { accessKeyId: 'AKIAOWN', secretAccessKey: 'own' });
    expect(own.status).toBe(200);
  });
});
