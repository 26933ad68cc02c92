import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ACMClient, ListCertificatesCommand } from '@aws-sdk/client-acm';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { client, oneShotClient } from '../../aws/clients.ts';
import { MAX_ATTEMPTS } from '../../aws/retry-strategy.ts';

let server: Server;
let calls: number;
let answer: (request: IncomingMessage, response: ServerResponse) => void;

beforeEach(async () => {
  calls = 0;
  server = createServer((request, response) => {
    calls += 1;
    answer(request, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});

afterEach(async () => {
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
});

/** A client of its own, at the server of the test. */
function acm(of: typeof client = client): ACMClient {
  const { port } = server.address() as AddressInfo;
  Object.assign(process.env, {
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_ENDPOINT_URL_ACM: `http://127.0.0.1:${port}`,
  });
  return of(class extends ACMClient {});
}

function refusing(code: string) {
  return (_: IncomingMessage, response: ServerResponse) => {
    response.writeHead(400, { 'content-type': 'application/x-amz-json-1.1', 'x-amzn-errortype': code });
    response.end(JSON.stringify({ __type: code, message: 'Says AWS' }));
  };
}

describe('oneShotClient()', () => {
  test('sends a call once, because a second one would make a second thing', async () => {
    answer = (_, response) => {
      response.destroy();
    };
    await expect(acm(oneShotClient).send(new ListCertificatesCommand({}))).rejects.toThrow();
    expect(calls).toBe(1);
  });
});

describe('client()', () => {
  test('makes one client a service', () => {
    expect(client(ACMClient)).toBe(client(ACMClient));
  });

  test('A9: does not ask again for a quota', async () => {
    answer = refusing('LimitExceededException');
    await expect(acm().send(new ListCertificatesCommand({}))).rejects.toMatchObject({ name: 'LimitExceededException' });
    expect(calls).toBe(1);
  });

  test('R1: leaves a busy zone to the workflow', async () => {
    answer = refusing('PriorRequestNotComplete');
    await expect(acm().send(new ListCertificatesCommand({}))).rejects.toMatchObject({
      name: 'PriorRequestNotComplete',
    });
    expect(calls).toBe(1);
  });

  test('A10: tries a throttled call a few times, then leaves it to the workflow', async () => {
    answer = refusing('ThrottlingException');
    await expect(acm().send(new ListCertificatesCommand({}))).rejects.toMatchObject({ name: 'ThrottlingException' });
    expect(calls).toBe(MAX_ATTEMPTS);
  });

  test('W15: has limits for the connection and for the answer', async () => {
    const { requestHandler } = acm().config;
    const handler = requestHandler as unknown as { configProvider: Promise<object> };
    expect(await handler.configProvider).toMatchObject({
      connectionTimeout: 2_000,
      requestTimeout: 10_000,
      throwOnRequestTimeout: true,
    });
  });
});
