import { certificateFolder, certificateName, type KitRequest } from './request.ts';

/**
 * The suites of TLS 1.2 that forward secrecy and authenticated encryption leave; those of TLS 1.3 are OpenSSL's own. DHE is left
 * out: it needs parameters of its own, and every client that has it has ECDHE. Source: Mozilla, "Server Side TLS",
 * guideline 5.7, intermediate; checked 2026-11-29.
 */
const TLS_1_2_SUITES = [
  'ECDHE-ECDSA-AES128-GCM-SHA256',
  'ECDHE-RSA-AES128-GCM-SHA256',
  'ECDHE-ECDSA-AES256-GCM-SHA384',
  'ECDHE-RSA-AES256-GCM-SHA384',
  'ECDHE-ECDSA-CHACHA20-POLY1305',
  'ECDHE-RSA-CHACHA20-POLY1305',
];
const CURVES = 'X25519:prime256v1:secp384r1';

/** As long as CloudFront keeps a silent WebSocket. Source: CloudFront Developer Guide, "WebSockets"; checked 2026-11-29. */
const IDLE_SECONDS = 600;

/** A name of that length fits nginx's default hash bucket of 64 bytes. Source: nginx, "Server names"; checked 2026-11-29. */
const USUAL_NAME = 40;

/** nginx's configuration of one site, for a file in its http context (conf.d, sites-enabled). */
export function nginxConfig(request: KitRequest): string {
  const { names, upstream, hstsSeconds } = request;
  const long = names.some((name) => name.length > USUAL_NAME);
  const live = certificateFolder(request);
  const lines = [
    `# ${certificateName(request)}: HTTPS by nginx in front of ${upstream}`,
    ...(long
      ? [
          '',
          '# Long names need larger buckets than the default of 64 bytes. nginx takes this line once: delete it where another file has it.',
          'server_names_hash_bucket_size 512;',
        ]
      : []),
    '',
    '# WebSocket upgrades pass.',
    'map $http_upgrade $nameplate_connection {',
    '    default upgrade;',
    "    ''      '';",
    '}',
    '',
    'server {',
    ...listen(80, '', request),
    `    server_name ${names.join(' ')};`,
    '    server_tokens off;',
    '    return 301 https://$host$request_uri;',
    '}',
    '',
    'server {',
    '    # nginx 1.25.1 and newer warn that "http2" has a directive of its own, and still take it here; older ones know no other form.',
    ...listen(443, ' ssl http2', request),
    `    server_name ${names.join(' ')};`,
    '    server_tokens off;',
    '',
    '    # The application decides how large an upload may be; left to itself nginx takes 1 MB.',
    '    client_max_body_size 0;',
    '',
    '    # The leaf with its chain: the leaf alone is refused by CloudFront and by many clients.',
    `    ssl_certificate     ${live}/fullchain.pem;`,
    `    ssl_certificate_key ${live}/privkey.pem;`,
    '',
    '    # Mozilla, "Server Side TLS", guideline 5.7, intermediate.',
    '    ssl_protocols TLSv1.2 TLSv1.3;',
    `    ssl_ciphers ${TLS_1_2_SUITES.join(':')};`,
    '    ssl_prefer_server_ciphers off;',
    `    ssl_ecdh_curve ${CURVES};`,
    '    ssl_session_timeout 1d;',
    '    ssl_session_cache shared:nameplate:10m;',
    '    ssl_session_tickets off;',
    ...(hstsSeconds === undefined
      ? []
      : ['', `    add_header Strict-Transport-Security "max-age=${hstsSeconds}" always;`]),
    '',
    '    location / {',
    `        proxy_pass ${upstream};`,
    '        proxy_http_version 1.1;',
    '        proxy_set_header Host              $host;',
    '        proxy_set_header X-Real-IP         $remote_addr;',
    '        proxy_set_header X-Forwarded-For   $proxy_add_x_forwarded_for;',
    '        proxy_set_header X-Forwarded-Proto $scheme;',
    '        proxy_set_header Upgrade           $http_upgrade;',
    '        proxy_set_header Connection        $nameplate_connection;',
    '        # A WebSocket without traffic is closed after this long, and so is a slow answer.',
    `        proxy_read_timeout ${IDLE_SECONDS}s;`,
    `        proxy_send_timeout ${IDLE_SECONDS}s;`,
    '    }',
    '}',
  ];
  return `${lines.join('\n')}\n`;
}

const listen = (port: number, options: string, { ipv6 }: KitRequest): string[] => [
  `    listen ${port}${options};`,
  ...(ipv6 ? [`    listen [::]:${port}${options};`] : []),
];
