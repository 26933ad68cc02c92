import { type Finding, finding } from '../finding.ts';
import { type Check, outcome, together } from '../outcome.ts';
import { answered, type EndpointSeen, type NoAnswer, type Seen } from '../seen.ts';
import { isUnusualKey } from './key.ts';
import { notJudged } from './reach.ts';

/** Whether each address takes connections on port 443 and speaks TLS there. */
export const connection: Check = (seen) => together(seen.endpoints.map((endpoint) => ofEndpoint(endpoint, seen)));

function ofEndpoint(endpoint: EndpointSeen, seen: Seen): ReturnType<Check> {
  const { address, secure } = endpoint;
  const why = notJudged(endpoint, seen);
  if (why !== undefined) return outcome({ unseen: [{ what: address, why }] });
  // A site that serves plain HTTP is judged by its page there.
  if (seen.declared?.scheme === 'http') return outcome();
  if (!answered(secure)) return outcome({ findings: [noTls(endpoint, secure)] });
  const findings = [oldProtocol(endpoint), unusualCipher(endpoint)].filter((found) => found !== undefined);
  return outcome({ findings });
}

function noTls(endpoint: EndpointSeen, ended: NoAnswer): Finding {
  return ended.stage === 'connect' ? notConnected(endpoint, ended) : noHandshake(endpoint, ended);
}

/** B4, B5: refused, filtered and unreachable told apart, on the port that viewers use. */
export function notConnected(
  { address, plain, port: secure = 443 }: EndpointSeen,
  { failure }: NoAnswer,
  port = secure,
): Finding {
  const on80 = answered(plain) ? `; port 80 answers ${plain.page.status}` : '';
  if (failure === 'ETIMEDOUT') {
    return finding('portFiltered', {
      message: `Nothing comes back from port ${port}: a firewall or security group drops the packets, or the machine is gone`,
      evidence: [`${address} port ${port}: no answer to a connection${on80}`],
      ...(answered(plain) && {
        fix: `The machine is there (port 80 answers): allow inbound TCP ${port} in its security group, network ACL or firewall`,
      }),
      at: address,
    });
  }
  if (failure === 'EHOSTUNREACH' || failure === 'ENETUNREACH' || failure === 'EACCES') {
    return finding('noRoute', {
      message: `There is no route to port ${port} of the address: a router says so, or the firewall of the host`,
      evidence: [`${address} port ${port}: ${failure}${on80}`],
      at: address,
    });
  }
  return finding('portRefused', {
    message: `Port ${port} refuses connections: the machine is there, and nothing listens`,
    evidence: [`${address} port ${port}: ${failure}${on80}`],
    at: address,
  });
}

/** Alerts of TLS by which a server says that it does not serve the name. Source: RFC 6066, section 3. */
const UNRECOGNIZED_NAME = /UNRECOGNIZED_NAME/;

/** What OpenSSL says of bytes that are no TLS at all. */
const NO_TLS =
  /WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG|HTTP_REQUEST|UNEXPECTED_MESSAGE|RECORD_LAYER_FAILURE|BAD_RECORD_TYPE|NOT_TLS/;

const OLD_PROTOCOL = /PROTOCOL_VERSION|UNSUPPORTED_PROTOCOL|VERSION_TOO_LOW/;

function noHandshake({ address, port = 443 }: EndpointSeen, { failure, instead = {} }: NoAnswer): Finding {
  const { plainStatus, oldProtocol: old, afterCertificate } = instead;
  const evidence = [`${address} port ${port}: ${failure}`];
  const at = address;
  if (failure === 'ETIMEDOUT') {
    const message = `Port ${port} accepts connections, and no TLS handshake follows`;
    return finding('handshakeSilent', { message, evidence, at });
  }
  if (old !== undefined) {
    const message = `The server speaks ${inWords(old)} at most, which browsers and CloudFront refuse`;
    return finding('protocolTooOld', { message, evidence: [...evidence, `it accepts ${inWords(old)}`], at });
  }
  if (NO_TLS.test(failure)) {
    if (plainStatus === undefined) {
      return finding('notTls', { message: `What listens on port ${port} speaks no TLS`, evidence, at });
    }
    const seen = `it answers ${plainStatus} to plain HTTP`;
    return finding('plainHttpOnTlsPort', {
      message: `Port ${port} speaks plain HTTP`,
      evidence: [...evidence, seen],
      at,
    });
  }
  if (UNRECOGNIZED_NAME.test(failure)) {
    return finding('nameNotServed', { message: 'The server has no certificate for the name', evidence, at });
  }
  if (afterCertificate) {
    const message = 'The server wants a certificate of the client, which browsers and CloudFront do not have';
    const seen = 'it ends the handshake after its own certificate';
    return finding('clientCertificateWanted', { message, evidence: [...evidence, seen], at });
  }
  if (OLD_PROTOCOL.test(failure)) {
    const message = 'The server refuses TLS 1.2 and 1.3, and accepts none of the older versions either';
    return finding('handshakeFailed', { message, evidence, at });
  }
  if (/^(ECONNRESET|EPIPE)$/.test(failure)) {
    return finding('handshakeClosed', {
      message: 'The server closes the connection in the TLS handshake',
      evidence,
      at,
    });
  }
  return finding('handshakeFailed', { message: 'The server refuses the TLS handshake', evidence, at });
}

function oldProtocol({ address, secure }: EndpointSeen): Finding | undefined {
  if (!answered(secure) || secure.oldProtocol === undefined) return undefined;
  const message = `The server also accepts ${inWords(secure.oldProtocol)}, which is deprecated`;
  return finding('oldProtocolAccepted', {
    message,
    evidence: [`${address}: a handshake with it succeeds`],
    at: address,
  });
}

function unusualCipher({ address, secure }: EndpointSeen): Finding | undefined {
  if (!answered(secure) || secure.forCloudFront) return undefined;
  // It is the key, then, which no cipher helps.
  if (isUnusualKey(secure.certificates[0].key)) return undefined;
  const message =
    'The server accepts no cipher or curve that CloudFront offers an origin: behind CloudFront it is a 502';
  const evidence = [`${address}: a handshake with CloudFront's ciphers and curves fails`];
  return finding('cipherUnusual', { message, evidence, at: address });
}

/** "TLSv1.1" -> "TLS 1.1", "TLSv1" -> "TLS 1.0" */
export function inWords(protocol: string): string {
  return protocol === 'TLSv1' ? 'TLS 1.0' : protocol.replace('TLSv', 'TLS ');
}
