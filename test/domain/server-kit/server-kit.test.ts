import { describe, expect, test } from '@jest/globals';
import { aKit, fileOf, MAC_KEY, problemsOf } from './a-kit.ts';

describe('serverKit()', () => {
  test('has the secret in one file, which its owner alone may read', () => {
    const files = aKit();
    const telling = files.filter(({ text }) => text.includes(MAC_KEY));

    expect(telling.map(({ name, secret }) => ({ name, secret }))).toEqual([{ name: 'certbot.ini', secret: true }]);
  });

  test('has a README of ten lines at most, and says which ports to open and how', () => {
    const files = aKit();
    const ports = fileOf(files, 'PORTS.md');

    expect(fileOf(files, 'README.md').trim().split('\n').length).toBeLessThanOrEqual(10);
    for (const way of ['security-group', 'firewall-cmd', 'ufw allow', 'No route to host']) expect(ports).toContain(way);
  });

  test('12: of a certificate that is exported has no certbot, needs no credentials, and has nginx read it from elsewhere', () => {
    const none = { acmeDirectory: undefined, eabKeyId: undefined, eabMacKey: undefined };
    const files = aKit({ ...none, exported: true });
    expect(files.map(({ name }) => name)).toEqual(['README.md', 'PORTS.md', 'shop.example.com.conf']);
    expect(fileOf(files, 'shop.example.com.conf')).toContain('/etc/nginx/certificates/shop.example.com/fullchain.pem;');
    expect(fileOf(files, 'README.md')).toContain('aws acm export-certificate --region REGION');
    expect(fileOf(files, 'README.md').trim().split('\n').length).toBeLessThanOrEqual(10);
    expect(files.some(({ text }) => text.includes('certbot'))).toBe(false);
  });

  test('offers TLS 1.2 and 1.3 with forward secrecy only', () => {
    const nginx = fileOf(aKit(), 'shop.example.com.conf');
    const [, suites = ''] = /ssl_ciphers (.+);/.exec(nginx) ?? [];

    expect(nginx).toContain('ssl_protocols TLSv1.2 TLSv1.3;');
    expect(suites.split(':').every((suite) => /^ECDHE-.*(GCM|CHACHA20)/.test(suite))).toBe(true);
  });

  test('sends HSTS only when it is asked for', () => {
    expect(fileOf(aKit(), 'shop.example.com.conf')).not.toContain('Strict-Transport-Security');
    expect(fileOf(aKit({ hstsDays: '730' }), 'shop.example.com.conf')).toContain(
      'add_header Strict-Transport-Security "max-age=63072000" always;',
    );
  });

  test('writes every name as an A-label, each once, the domain first', () => {
    const files = aKit({ domain: 'Bücher.example.com.', aliases: ['www.bücher.example.com', 'BÜCHER.example.com'] });

    expect(fileOf(files, 'xn--bcher-kva.example.com.conf')).toContain(
      'server_name xn--bcher-kva.example.com www.xn--bcher-kva.example.com;',
    );
    expect(fileOf(files, 'certbot.ini')).toContain(
      'domains = xn--bcher-kva.example.com,www.xn--bcher-kva.example.com\n',
    );
    expect(fileOf(files, 'README.md')).toContain('# HTTPS for bücher.example.com');
  });

  test('is the same for the same request', () => {
    expect(aKit({ hstsDays: '1' })).toEqual(aKit({ hstsDays: '1' }));
  });
});

describe('kitRequest()', () => {
  test('names everything that is missing at once, with the command that gets it', () => {
    const problems = problemsOf({ acmeDirectory: undefined, eabKeyId: undefined, eabMacKey: '' });

    expect(problems).toHaveLength(3);
    expect(problems[0]).toContain('aws acm describe-acme-endpoint');
    expect(problems[1]).toContain('ACME_EAB_KID');
    expect(problems[2]).toContain('ACME_EAB_HMAC_KEY');
  });

  test.each([
    ['the domain', { domain: 'shop.example.com; rm -rf /' }],
    ['the domain, a wildcard', { domain: '*.example.com' }],
    ['the domain, an address', { domain: '192.0.2.1' }],
    ['the domain, a path', { domain: '../../etc' }],
    ['an alias', { aliases: ['www.example.com {'] }],
    ['the upstream, with a path', { upstream: 'http://127.0.0.1:8080/app' }],
    ['the upstream, no URL', { upstream: '127.0.0.1:8080' }],
    ['the upstream, by HTTPS', { upstream: 'https://127.0.0.1:8443' }],
    ['the upstream, with a directive', { upstream: 'http://127.0.0.1:8080;} server {' }],
    ['the upstream, nginx itself', { upstream: 'http://localhost:80' }],
    ['the days of HSTS', { hstsDays: '1 year' }],
    ['the days of HSTS, none', { hstsDays: '0' }],
    ['the directory, by HTTP', { acmeDirectory: 'http://example.com/directory' }],
    ['the directory, with a further line', { acmeDirectory: 'https://example.com/\nverify-ssl = false' }],
    ['the directory, with a password', { acmeDirectory: 'https://user:secret@example.com/' }],
    ['the key id, with a further line', { eabKeyId: 'x\npre-hook = true' }],
    ['the email address', { email: 'ops' }],
    ['the email address, with a further line', { email: 'ops@example.com\npre-hook = x' }],
  ])('S5: refuses %s in one sentence', (_, changes) => {
    const problems = problemsOf(changes);

    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(/^[A-Z][^\n]+$/);
  });

  test('does not repeat a MAC key that it refuses', () => {
    const [problem] = problemsOf({ eabMacKey: 'not base64url, and secret' });

    expect(problem).toContain('MAC key');
    expect(problem).not.toContain('secret');
  });

  test('takes a padded MAC key, and more than a hundred names not', () => {
    expect(problemsOf({ eabMacKey: `${MAC_KEY}=` })).toEqual([]);
    expect(problemsOf({ aliases: Array.from({ length: 100 }, (_, n) => `n${n}.example.com`) })).toHaveLength(1);
  });
});
