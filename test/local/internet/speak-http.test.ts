import { text } from 'node:stream/consumers';
import { expect, test } from '@jest/globals';
import { connectionPair } from '../../../local/internet/connection.ts';
import { speakHttp1 } from '../../../local/internet/speak-http.ts';

const Host = 'shop.example.test';
const near = { address: '198.51.100.7', port: 50_000 };
const far = { address: '203.0.113.2', port: 80 };

test('a request to change the protocol that follows another one on its connection is answered after it', async () => {
  const [client, server] = connectionPair(near, far);
  speakHttp1(
    server,
    ({ request, response }) => {
      // Longer than a stream takes at once: it is finished only when the client has read it.
      const body = `${request.url} ${'x'.repeat(100_000)}`;
      response.setHeader('content-length', body.length);
      response.end(body);
    },
    { headerBytes: 16_384, refusal: 'HTTP/1.1 400 Bad Request\r\n\r\n' },
  );
  client.write(`GET /first HTTP/1.1\r\nHost: ${Host}\r\n\r\n`);
  client.write(`GET /second HTTP/1.1\r\nHost: ${Host}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`);
  const said = await text(client);
  expect(said.match(/\/\w+(?= x)/g)).toEqual(['/first', '/second']);
});
