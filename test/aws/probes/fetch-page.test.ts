import { createServer as createPlainServer, type RequestListener } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { connect, createServer as createTcpServer, type Server } from 'node:net';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { fetchPlainPage, fetchSecurePage } from '../../../aws/probes/fetch-page.ts';
import { Authority } from '../../../local/certificates/authority.ts';
import {
  aCertificate,
  aFutureCertificate,
  anExpiredCertificate,
  aSelfSignedCertificate,
  inOrder,
  type ServerMaterial,
  withoutIntermediate,
} from '../../support/certificates.ts';

const name = 'shop.example.test';
const servers: Server[] = [];
let trusted: Authority;
let unknown: Authority;

beforeAll(async () => {
  trusted = await Authority.create();
  unknown = await Authority.create();
  setDefaultCACertificates([...getCACertificates('default'), trusted.rootPem]);
});
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => new Promise((done) => server.close(done))));
});
afterAll(() => {
  setDefaultCACertificates(getCACertificates('bundled'));
});

async function listening(server: Server): Promise<number> {
  servers.push(server);
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  return (server.address() as { port: number }).port;
}

const answer: RequestListener = (request, response) => {
  response.writeHead(200).end(`${request.headers.host}${request.url}`);
};
const secure = (material: ServerMaterial, listener = answer) => listening(createSecureServer(material, listener));

/** Leads any address to a loopback port. */
const leadingTo = (port: number, timeoutMs = 2_000) => ({
  connect: () => connect({ host: '127.0.0.1', port }),
  timeoutMs,
});
const target = { address: '203.0.113.7', port: 443, name, path: '/well' };

describe('fetchSecurePage()', () => {
  test('shows the certificate and the page, asked for with the name in SNI and Host', async () => {
    const port = await secure(inOrder(await aCertificate(trusted, { names: [name, `www.${name}`] })));
    const { served, page } = await fetchSecurePage(target, leadingTo(port));
    expect(page).toMatchObject({ status: 200, body: `${name}/well` });
    expect(served).toMatchObject({ names: [name, `www.${name}`], covers: true });
    expect(served).not.toHaveProperty('chainError');
    expect(served.validTo.getTime()).toBeGreaterThan(Date.now());
  });

  test('C9: shows a certificate that does not cover the name, and says so', async () => {
    const port = await secure(inOrder(await aCertificate(trusted, { names: ['other.test'] })));
    const { served } = await fetchSecurePage(target, leadingTo(port));
    expect(served).toMatchObject({ covers: false, names: ['other.test'] });
    expect(served).not.toHaveProperty('chainError');
  });

  test('C10: names what is wrong with the chain', async () => {
    const chainErrors = [];
    for (const material of [
      await aSelfSignedCertificate([name]),
      withoutIntermediate(await aCertificate(trusted)),
      inOrder(await aCertificate(unknown)),
    ]) {
      const { served } = await fetchSecurePage(target, leadingTo(await secure(material)));
      chainErrors.push(served.chainError);
    }
    expect(chainErrors).toEqual([
      expect.stringMatching(/SELF_SIGNED|INVALID_PURPOSE/),
      'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
      expect.stringMatching(/SELF_SIGNED|UNABLE_TO/),
    ]);
  });

  test('leaves dates to whoever knows the time, and still sees a chain that leads nowhere', async () => {
    const served = async (material: ServerMaterial) =>
      (await fetchSecurePage(target, leadingTo(await secure(material)))).served;
    expect(await served(inOrder(await anExpiredCertificate(trusted)))).not.toHaveProperty('chainError');
    expect(await served(inOrder(await aFutureCertificate(trusted)))).not.toHaveProperty('chainError');
    expect(await served(inOrder(await anExpiredCertificate(unknown)))).toHaveProperty('chainError');
    expect(await served(withoutIntermediate(await anExpiredCertificate(trusted)))).toHaveProperty('chainError');
  });

  test('S4: follows no redirect and reads no more than 4 KiB, or than is asked for', async () => {
    const port = await secure(inOrder(await aCertificate(trusted)), (_, response) => {
      response.writeHead(302, { location: 'http://169.254.169.254/' }).end('x'.repeat(100_000));
    });
    const { page } = await fetchSecurePage(target, leadingTo(port));
    expect(page).toMatchObject({ status: 302, location: 'http://169.254.169.254/' });
    expect(page.body).toHaveLength(4_096);
    const more = await fetchSecurePage({ ...target, mostBytes: 50_001 }, leadingTo(port));
    expect(more.page.body).toHaveLength(50_001);
  });

  test('C11: says what is wrong when no handshake comes about', async () => {
    const plain = await listening(createPlainServer(answer));
    await expect(fetchSecurePage(target, leadingTo(plain))).rejects.toMatchObject({ name: 'Unreachable' });
    const silent = await listening(createTcpServer((socket) => socket.on('error', () => socket.destroy()).resume()));
    await expect(fetchSecurePage(target, leadingTo(silent, 200))).rejects.toMatchObject({ failure: 'ETIMEDOUT' });
    const rude = await listening(createTcpServer((socket) => socket.destroy()));
    await expect(fetchSecurePage(target, leadingTo(rude))).rejects.toMatchObject({ failure: 'ECONNRESET' });
  });

  test('S6: connects to no address inside, whatever name it stands under', async () => {
    await expect(fetchSecurePage({ ...target, address: '169.254.169.254' })).rejects.toMatchObject({
      failure: 'ERR_NOT_PUBLIC',
    });
  });
});

describe('fetchPlainPage()', () => {
  test('asks with the name, and with the port when it is not 80', async () => {
    const port = await listening(createPlainServer(answer));
    expect(await fetchPlainPage({ ...target, port: 80 }, leadingTo(port))).toMatchObject({ body: `${name}/well` });
    expect(await fetchPlainPage({ ...target, port: 8080 }, leadingTo(port))).toMatchObject({
      body: `${name}:8080/well`,
    });
  });

  test('tells a closed port from a silent one', async () => {
    const port = await listening(createTcpServer());
    await new Promise((done) => servers.splice(0)[0]?.close(done));
    await expect(fetchPlainPage(target, leadingTo(port))).rejects.toMatchObject({ failure: 'ECONNREFUSED' });
    const silent = await listening(createTcpServer((socket) => socket.on('error', () => socket.destroy()).resume()));
    await expect(fetchPlainPage(target, leadingTo(silent, 200))).rejects.toMatchObject({ failure: 'ETIMEDOUT' });
  });

  test('rejects what is not HTTP', async () => {
    const port = await listening(createTcpServer((socket) => socket.resume().end('220 mail.example.test ESMTP\r\n')));
    await expect(fetchPlainPage(target, leadingTo(port))).rejects.toMatchObject({ name: 'Unreachable' });
  });
});
