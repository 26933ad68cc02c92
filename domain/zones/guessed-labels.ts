/** A label that is never entered: what it gets, a wildcard says. */
export const NOBODYS_LABEL = 'nameplate-no-such-name';

/** What people call things below a name: all that can be asked about where a zone cannot be listed. */
export const GUESSED_LABELS: readonly string[] = [
  ...['www', 'api', 'app', 'admin', 'auth', 'login', 'account', 'blog', 'shop', 'docs', 'help', 'status', 'm'],
  ...['cdn', 'static', 'assets', 'img', 'media', 'files', 'dev', 'test', 'staging', 'stage', 'beta', 'demo', 'direct'],
  ...[
    'mail',
    'smtp',
    'imap',
    'pop',
    'mx',
    'webmail',
    'autodiscover',
    'autoconfig',
    'mta-sts',
    'ftp',
    'vpn',
    'ns1',
    'ns2',
  ],
  ...['_dmarc', '_mta-sts', '_smtp._tls', '_acme-challenge', '_sip._tcp', '_sip._tls', '_autodiscover._tcp'],
  ...['default', 'google', 'selector1', 'selector2', 's1', 's2', 'k1', 'mail'].map((label) => `${label}._domainkey`),
];
