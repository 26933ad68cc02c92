import { RESTORE_ADVICE } from '../plans/restore-advice.ts';
import type { Severity } from '../preflight/finding.ts';

interface Code {
  severity: Severity;
  /** What the finding means in general. */
  meaning: string;
  /** The general fix; a finding has a specific one where possible. */
  fix: string;
}

/**
 * Everything that the doctor can find. "error": viewers get no page, or a warning in its place. "warning": some get none, or
 * all will. "info": it works; there is something to know. docs/doctor.md is made from this.
 */
export const CODES = {
  // Delegation
  nameNotFound: {
    severity: 'error',
    meaning: 'The zone has no such name (NXDOMAIN)',
    fix: 'Create an A, AAAA or CNAME record for the name in its zone',
  },
  notDelegated: {
    severity: 'error',
    meaning: 'The registry has no such domain, or no name servers for it',
    fix: 'Register the domain, renew it if it has lapsed, and enter the name servers of its zone at the registrar',
  },
  nameServersLame: {
    severity: 'error',
    meaning: 'None of the name servers that the parent names answers for the zone',
    fix: 'Create the zone at the provider of these name servers, or delegate to those of the provider that has it',
  },
  someNameServersLame: {
    severity: 'warning',
    meaning: 'Some of the name servers that the parent names do not answer for the zone',
    fix: 'Ask the DNS provider to repair them, or remove them at the parent',
  },
  delegationMismatch: {
    severity: 'warning',
    meaning: 'The parent names other name servers than the zone itself',
    fix: 'Make both lists equal: change the one at the parent, or the NS record of the zone',
  },
  nameServersDisagree: {
    severity: 'warning',
    meaning: 'Some name servers of the zone have the name, and others do not',
    fix: 'Bring all name servers to the same version of the zone',
  },
  delegationClaimable: {
    severity: 'error',
    meaning:
      'The zone is delegated to Route 53 name servers that have no such zone: another customer can create it there and own the name',
    fix: 'Remove the delegation, or create the hosted zone and delegate to its four name servers',
  },
  dnsNotAnswered: {
    severity: 'error',
    meaning: 'The name cannot be looked up: no name server on the way gives a usable answer',
    fix: 'Look at the name servers in the evidence, and repair or replace those that do not answer',
  },
  // DNSSEC
  dnssecUnsigned: {
    severity: 'error',
    meaning: 'The parent has a DS record and the zone is not signed: validating resolvers refuse every answer',
    fix: 'Remove the DS record at the registrar, or sign the zone',
  },
  dnssecKeyMissing: {
    severity: 'error',
    meaning: 'The DS records of the parent match no key of the zone: validating resolvers refuse every answer',
    fix: 'Replace the DS record at the registrar by that of the key that signs the zone now',
  },
  dnssecNoDs: {
    severity: 'info',
    meaning: 'The zone is signed and the parent has no DS record: resolvers do not validate the signatures',
    fix: 'Enter the DS record at the registrar, or leave the zone unsigned',
  },
  // CAA
  caaForbidsIssuer: {
    severity: 'warning',
    meaning: 'The CAA records do not allow the authority that issued the certificate: it cannot be renewed there',
    fix: 'Add a CAA record with the tag "issue" for that authority',
  },
  caaCriticalUnknown: {
    severity: 'warning',
    meaning: 'A critical CAA record has a tag that authorities do not know: none of them may issue',
    fix: 'Remove that record',
  },
  caaNotAnswered: {
    severity: 'warning',
    meaning: 'The name servers do not answer questions about CAA: authorities refuse to issue then',
    fix: 'Have the DNS provider answer them: with the records, or with none',
  },
  // Addresses
  noAddress: {
    severity: 'error',
    meaning: 'The name exists and has neither an A nor an AAAA record',
    fix: 'Create an A record, or an alias to the load balancer or distribution',
  },
  addressNotPublic: {
    severity: 'error',
    meaning: 'The name has an address that no viewer on the internet reaches (private, loopback, reserved …)',
    fix: 'Replace it by a public address, or remove the record',
  },
  cnameDangling: {
    severity: 'error',
    meaning: 'A CNAME leads to a name that does not exist, or has no address',
    fix: 'Point the CNAME at a name that exists, or remove it',
  },
  cnameClaimable: {
    severity: 'error',
    meaning:
      'A CNAME leads to an unclaimed name of a cloud service: any customer of that service can claim it and serve pages under your name',
    fix: 'Remove the record now, or create the resource of that name again yourself',
  },
  cnameLoop: {
    severity: 'error',
    meaning: 'CNAMEs lead in a circle, or over more names than resolvers follow',
    fix: 'Point the name at its target directly',
  },
  cnameToInstance: {
    severity: 'warning',
    meaning:
      'The name leads to the public DNS name of an EC2 instance, whose address another customer gets once the instance is stopped',
    fix: 'Give the instance an Elastic IP and point an A record at it',
  },
  tooManyAddresses: {
    severity: 'info',
    meaning: 'The name has more addresses than are looked at',
    fix: 'Nothing has to be done; the others were not looked at',
  },
  // Connections
  portRefused: {
    severity: 'error',
    meaning: 'The address refuses connections to port 443: the machine is there and nothing listens',
    fix: 'Start the web server, have it listen on port 443 of all addresses, and look for a firewall rule that rejects',
  },
  portFiltered: {
    severity: 'error',
    meaning: 'Nothing comes back from port 443: a firewall or security group drops the packets, or the machine is gone',
    fix: 'Allow inbound TCP 443 from 0.0.0.0/0 (and ::/0) in its security group or cloud firewall, and in the network ACL',
  },
  noRoute: {
    severity: 'error',
    meaning: 'A router or firewall answers that there is no way to the address ("no route to host")',
    fix: 'Check that the address is attached to a running machine, and open port 443 in its own firewall (firewall-cmd --permanent --add-service=https)',
  },
  httpClosed: {
    severity: 'info',
    meaning: 'Port 80 gives no answer: viewers who type http:// get no redirect',
    fix: 'Nothing, if that is meant; otherwise listen on port 80 and redirect to https',
  },
  // Handshake
  plainHttpOnTlsPort: {
    severity: 'error',
    meaning: 'Port 443 speaks plain HTTP',
    fix: 'Configure TLS on that port (nginx: "listen 443 ssl"), or serve HTTP on port 80 only',
  },
  notTls: {
    severity: 'error',
    meaning: 'What listens on port 443 speaks no TLS',
    fix: 'Have the web server with its certificate listen there',
  },
  handshakeClosed: {
    severity: 'error',
    meaning: 'The connection is closed in the TLS handshake',
    fix: 'Look into the log of the server: often it has no certificate for the name, or a firewall closes connections by name',
  },
  handshakeSilent: {
    severity: 'error',
    meaning: 'The connection is accepted, and no TLS handshake follows',
    fix: 'Look whether the server is overloaded or hangs, and whether what listens on port 443 is the web server',
  },
  handshakeFailed: {
    severity: 'error',
    meaning: 'The server refuses the TLS handshake',
    fix: 'Allow TLS 1.2 and 1.3 with current ciphers and give it a certificate for the name',
  },
  nameNotServed: {
    severity: 'error',
    meaning: 'The server refuses the name in the handshake: it has no certificate for it',
    fix: 'Give the server a certificate for the name (a load balancer: on its HTTPS listener)',
  },
  clientCertificateWanted: {
    severity: 'error',
    meaning: 'The server wants a certificate of the client, which browsers and CloudFront do not have',
    fix: 'Turn verification of clients off for the public name, or make it optional',
  },
  protocolTooOld: {
    severity: 'error',
    meaning: 'The server speaks TLS 1.1 or older only, which browsers and CloudFront refuse',
    fix: 'Allow TLS 1.2 and 1.3 (nginx: "ssl_protocols TLSv1.2 TLSv1.3;", ALB: the policy ELBSecurityPolicy-TLS13-1-2-2021-06)',
  },
  oldProtocolAccepted: {
    severity: 'warning',
    meaning: 'The server also accepts TLS 1.0 or 1.1, which are deprecated',
    fix: 'Allow TLS 1.2 and 1.3 only (nginx: "ssl_protocols TLSv1.2 TLSv1.3;", ALB: the policy ELBSecurityPolicy-TLS13-1-2-2021-06)',
  },
  cipherUnusual: {
    severity: 'warning',
    meaning: 'The server accepts no cipher or curve that CloudFront offers an origin: behind CloudFront it is a 502',
    fix: 'Allow AES-GCM with ECDHE on X25519 or P-256 (nginx: "ssl_ciphers ECDHE+AESGCM; ssl_ecdh_curve X25519:prime256v1;")',
  },
  // Certificate
  certificateExpired: {
    severity: 'error',
    meaning: 'The certificate has expired',
    fix: 'Renew it, have the server load the new one, and find out why it was not renewed in time',
  },
  certificateNotYetValid: {
    severity: 'error',
    meaning: 'The certificate is not valid yet',
    fix: 'Serve the former certificate until then, or look at the clock of who issued it',
  },
  certificateExpiresSoon: {
    severity: 'warning',
    meaning: 'Little of the lifetime of the certificate is left: its renewal is overdue',
    fix: 'Look why it is not renewed: the validation CNAME for ACM, the timer and log of the ACME client elsewhere',
  },
  certificateSelfSigned: {
    severity: 'error',
    meaning: 'The certificate is signed by itself: no browser trusts it',
    fix: 'Serve a certificate of a public authority (ACM, or one by ACME)',
  },
  certificateUntrusted: {
    severity: 'error',
    meaning: 'The certificate leads to an authority that clients do not know',
    fix: 'Serve a certificate of a public authority (ACM, or one by ACME)',
  },
  chainIncomplete: {
    severity: 'error',
    meaning:
      'The server leaves out an intermediate certificate: clients that do not know it refuse, CloudFront among them',
    fix: 'Serve the full chain: the certificate, then its intermediates (certbot: fullchain.pem, not cert.pem)',
  },
  chainOutOfOrder: {
    severity: 'warning',
    meaning: 'The certificates of the chain are sent in the wrong order: browsers forgive it, CloudFront answers 502',
    fix: 'Put them in order: the certificate of the name first, then the issuer of each',
  },
  chainExpired: {
    severity: 'error',
    meaning: 'An intermediate certificate that the server sends has expired, or is not valid yet',
    fix: 'Serve the present intermediate of the authority (certbot: the present fullchain.pem)',
  },
  certificateWrongName: {
    severity: 'error',
    meaning: 'The certificate is for other names',
    fix: 'Serve a certificate that covers the name',
  },
  certificateOfCloudFront: {
    severity: 'error',
    meaning: 'CloudFront serves its own certificate: the name is no alternate domain name of any distribution',
    fix: 'Add the name and a certificate that covers it (in us-east-1) to the distribution, or point the name elsewhere',
  },
  certificateUnusable: {
    severity: 'error',
    meaning: 'Clients refuse the certificate for another reason, such as a purpose other than a web server',
    fix: 'Serve a certificate that a public authority issued for TLS servers',
  },
  certificateLivesTooLong: {
    severity: 'warning',
    meaning: 'The certificate is valid for longer than browsers accept from a public authority',
    fix: 'Have it issued anew, for no longer than is allowed now',
  },
  keyTooWeak: {
    severity: 'error',
    meaning: 'The key of the certificate is too short: RSA below 2048 bits, or a curve below 256',
    fix: 'Make a new key, ECDSA P-256 or RSA 2048, and have a certificate issued for it',
  },
  keyUnusual: {
    severity: 'warning',
    meaning:
      'The key of the certificate is of a kind that CloudFront does not take of an origin, nor every browser: P-521, Ed25519',
    fix: 'Make a new key, ECDSA P-256 or RSA 2048, and have a certificate issued for it',
  },
  // Pages
  pageSilent: {
    severity: 'error',
    meaning: 'TLS works, and no page follows in time',
    fix: 'Look whether the application hangs: its log, its database, its thread or connection pool',
  },
  pageNotHttp: {
    severity: 'error',
    meaning: 'What answers is not HTTP, or the connection closes before the answer',
    fix: 'Look into the log of the web server, and whether the port is that of another service',
  },
  pageFailsAtCloudFront: {
    severity: 'error',
    meaning: 'CloudFront itself answers with an error: it gets no usable answer from the origin',
    fix: 'Check the origin that CloudFront connects to: its certificate, port 443 and response time',
  },
  pageFailsAtLoadBalancer: {
    severity: 'error',
    meaning: 'The load balancer itself answers with an error: it gets no usable answer from a target',
    fix: 'Look at the health and the reason codes of its targets (elbv2 describe-target-health)',
  },
  pageFailsAtProxy: {
    severity: 'error',
    meaning: 'A proxy in front of the application answers with an error: it gets no usable answer behind it',
    fix: 'Start the application, and compare its port and address with those that the proxy is configured for',
  },
  pageOfMaintenance: {
    severity: 'warning',
    meaning: 'The maintenance page of Nameplate answers in the place of the site',
    fix: 'See the failover of the site: where nothing has switched it on, the origin is down, and the site is back once it answers',
  },
  pageFails: {
    severity: 'error',
    meaning: 'The application answers with an error of its own',
    fix: 'Look into the log of the application',
  },
  distributionRefuses: {
    severity: 'error',
    meaning: 'CloudFront refuses the request before it asks the origin',
    fix: 'Check that the name is an alternate domain name of the distribution, and its geographic restrictions, WAF and allowed methods',
  },
  noRuleForName: {
    severity: 'warning',
    meaning: 'The load balancer itself answers 404: no rule of its listener forwards requests for the name',
    fix: 'Add a rule for the name to the HTTPS listener, or have its default action forward',
  },
  loadBalancerRefuses: {
    severity: 'error',
    meaning: 'The load balancer itself answers 403: by a fixed answer of its listener, or by its web ACL',
    fix: 'Look at the rules and the default action of its HTTPS listener, and at its web ACL. One that answers a CDN only has a rule for the header that the CDN sends: look whether both have the same value',
  },
  bucketMissing: {
    severity: 'error',
    meaning:
      'The name leads to an S3 bucket that does not exist: any AWS customer can create it and serve pages under the name',
    fix: 'Remove the record now, or create the bucket of that name yourself',
  },
  siteUnclaimed: {
    severity: 'error',
    meaning: 'The name leads to a hosting service that has no site of that name: any customer of it can claim the name',
    fix: 'Remove the record now, or claim the name in your account there',
  },
  // HTTP
  httpNotRedirected: {
    severity: 'warning',
    meaning: 'Plain HTTP serves pages and does not redirect to https',
    fix: 'Redirect every request on port 80 to https (ALB: a redirect action HTTP_301, nginx: "return 301 https://$host$request_uri;")',
  },
  redirectTemporary: {
    severity: 'info',
    meaning: 'Plain HTTP redirects to https by a temporary redirect',
    fix: 'Answer 301 or 308, so that browsers remember it',
  },
  redirectLoop: {
    severity: 'error',
    meaning: 'Viewers are redirected in a circle',
    fix: 'Have the web server decide by X-Forwarded-Proto whether the viewer uses https: the load balancer or CDN before it sets that header',
  },
  redirectDead: {
    severity: 'error',
    meaning: 'Viewers are redirected to where nothing can answer',
    fix: 'Have the web server redirect to a name that exists, over https',
  },
  redirectToHttp: {
    severity: 'warning',
    meaning: 'A page on https redirects viewers to plain HTTP',
    fix: 'Have the web server build its links from X-Forwarded-Proto, or configure its public address with https',
  },
  // HSTS
  hstsMissing: {
    severity: 'info',
    meaning: 'No Strict-Transport-Security header: the first request of a viewer may go over plain HTTP',
    fix: 'Once all is well over https, send "Strict-Transport-Security: max-age=31536000"',
  },
  hstsInvalid: {
    severity: 'warning',
    meaning: 'The Strict-Transport-Security header is ignored: it has no usable max-age',
    fix: 'Send "Strict-Transport-Security: max-age=31536000"',
  },
  hstsOff: {
    severity: 'info',
    meaning: 'Strict-Transport-Security has max-age=0: browsers forget that the name is https only',
    fix: 'Nothing, if that is meant; otherwise send max-age=31536000',
  },
  hstsLocksOut: {
    severity: 'error',
    meaning: 'The name demands https (HSTS), and https is broken: browsers offer no way past the warning',
    fix: 'Mend https first; viewers who were here before cannot be sent to plain HTTP',
  },
  // Between addresses
  answersDiffer: {
    severity: 'warning',
    meaning: 'The addresses of the name give different answers',
    fix: 'Find the machine that is out of step, and bring it to the configuration of the others or take its address out of DNS',
  },
  certificatesDiffer: {
    severity: 'info',
    meaning: 'The addresses of the name serve different certificates',
    fix: 'Nothing during a renewal; otherwise have all of them serve the same',
  },
  // WebSocket
  webSocketNotFound: {
    severity: 'error',
    meaning:
      'A WebSocket upgrade is answered 404: the request reached the application as an ordinary GET, or the path is wrong',
    fix: 'Have the proxy pass the upgrade on (nginx: "proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection \\"upgrade\\";")',
  },
  webSocketBadRequest: {
    severity: 'error',
    meaning:
      'A WebSocket upgrade is answered 400 or 426: the application expects one, and the proxy drops the headers Upgrade or Connection',
    fix: 'Have the proxy pass them on (nginx: "proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection \\"upgrade\\";")',
  },
  webSocketIgnored: {
    severity: 'error',
    meaning: 'A WebSocket upgrade is answered with an ordinary page',
    fix: 'Check the path, and have the proxy pass Upgrade and Connection on',
  },
  webSocketRefused: {
    severity: 'warning',
    meaning: 'A WebSocket upgrade is refused: the application wants a login or another Origin',
    fix: 'Check what the application demands of WebSocket clients; the proxies on the way pass the upgrade',
  },
  webSocketFails: {
    severity: 'error',
    meaning: 'A WebSocket upgrade fails with a server error, a redirect, or no answer',
    fix: 'Look into the log of the application at the time of the check',
  },
  // Our own sites
  resourceMissing: {
    severity: 'error',
    meaning: 'Something that a site of ours is made of is missing or changed, such as a rule of its security group',
    fix: `${RESTORE_ADVICE}: Nameplate restores what the plan shows. Then stop the tool that changes it`,
  },
  delegationChanged: {
    severity: 'error',
    meaning: 'The names of a live site are no longer delegated to the name servers of its hosted zone (an alert)',
    fix: 'Enter the name servers of the hosted zone at the registrar, or at the parent zone',
  },
  registrationExpiring: {
    severity: 'warning',
    meaning:
      'The registration of a domain ends soon: within 60, 30, 15, 7, 3 or 1 days; where Route 53 renews it by itself, from 7 days on (an alert)',
    fix: 'Renew the registration at the registrar of the domain; a card that has run out and mails to an old address are the usual causes',
  },
  recordsChanged: {
    severity: 'error',
    meaning: 'Records of a live site were changed or removed by another tool or person (an alert)',
    fix: RESTORE_ADVICE,
  },
  addressIdle: {
    severity: 'info',
    meaning:
      'An Elastic IP of a live site leads to no running server, and costs what it did: the server is stopped or removed, or another tool took the address off (an alert)',
    fix: 'Start the server, give it the address again, or release the address once no record leads to it',
  },
  pageNotReady: {
    severity: 'warning',
    meaning: 'Viewers would not see the maintenance page of a live site if its origin failed now (an alert)',
    fix: `${RESTORE_ADVICE}. The page itself is written anew within the hour where another tool has deleted or changed it`,
  },
  healthCheckNotReady: {
    severity: 'warning',
    meaning:
      'The health check that decides between a live site and its maintenance page is missing or changed (an alert)',
    fix: RESTORE_ADVICE,
  },
  healthCheckAlarmNotReady: {
    severity: 'info',
    meaning:
      'The alarm on the health check of a live site is missing or changed: the failover works, and nobody is told when it does (an alert)',
    fix: RESTORE_ADVICE,
  },
  // The certificates of our own sites
  certificateExpiring: {
    severity: 'warning',
    meaning:
      'A certificate expires soon: a third or a sixth of its lifetime is left, or 30, 15, 7, 3 or 1 days; of one that ACM renews you are told from a sixth on (an alert)',
    fix: 'Look at the other alerts of the site: they say what keeps it from being renewed',
  },
  certificateNotIssued: {
    severity: 'error',
    meaning: 'A certificate of a live site is deleted, revoked or expired in ACM (an alert)',
    fix: 'Declare the site again: Nameplate requests another one',
  },
  certificateUnattached: {
    severity: 'warning',
    meaning: 'No load balancer or distribution uses a certificate: ACM does not renew it then (an alert)',
    fix: 'Declare the site again: Nameplate attaches it',
  },
  certificateNotEligible: {
    severity: 'warning',
    meaning: 'ACM says that it will not renew a certificate (an alert)',
    fix: 'Look at RenewalEligibility in ACM: a private certificate, or one that was exported before, needs another export',
  },
  validationRecordMissing: {
    severity: 'warning',
    meaning: 'A CNAME by which ACM validates a name is missing or changed: ACM cannot renew the certificate (an alert)',
    fix: 'Create the record in the evidence again, and stop what removes it',
  },
  renewalFails: {
    severity: 'error',
    meaning: 'ACM tries to renew a certificate and cannot (an alert)',
    fix: 'Look that DNS has the validation records, and that CAA allows amazon.com',
  },
  certificateNotRolledOut: {
    severity: 'warning',
    meaning: 'A certificate was renewed, and an address serves another one after a day (an alert)',
    fix: 'Attach the certificate again to the load balancer or distribution; where it still serves the old one, write to AWS Support',
  },
} as const satisfies Record<string, Code>;

export type FindingCode = keyof typeof CODES;
