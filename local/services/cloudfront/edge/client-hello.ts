/** What a TLS client begins with, as far as it has come. */
export type ClientHello = { says: 'more' } | { says: 'nothing' } | { says: 'hello'; serverName: string | undefined };

const HANDSHAKE_RECORD = 22;
const CLIENT_HELLO = 1;
const SERVER_NAME = 0;

/**
 * Reads the server name from the first bytes of a TLS connection: a distribution's protocol versions must be known before the
 * handshake begins, and Node lets a certificate be chosen by name, not the versions. Source: RFC 8446, section 4.1.2, and
 * RFC 6066, section 3; checked 2026-11-29.
 */
export function readClientHello(bytes: Buffer): ClientHello {
  const handshake = joinRecords(bytes);
  if (!handshake) return { says: 'nothing' };
  if (handshake.length < 4) return { says: 'more' };
  if (handshake[0] !== CLIENT_HELLO) return { says: 'nothing' };
  const length = handshake.readUIntBE(1, 3);
  if (handshake.length < 4 + length) return { says: 'more' };
  try {
    return { says: 'hello', serverName: serverNameIn(handshake.subarray(4, 4 + length)) };
  } catch {
    return { says: 'nothing' };
  }
}

/** The handshake messages of whole records; undefined for what is no TLS. */
function joinRecords(bytes: Buffer): Buffer | undefined {
  const parts: Buffer[] = [];
  for (let at = 0; at < bytes.length; ) {
    if (bytes[at] !== HANDSHAKE_RECORD) return parts.length > 0 ? Buffer.concat(parts) : undefined;
    if (at + 5 > bytes.length) break;
    const length = bytes.readUInt16BE(at + 3);
    if (at + 5 + length > bytes.length) break;
    parts.push(bytes.subarray(at + 5, at + 5 + length));
    at += 5 + length;
  }
  return Buffer.concat(parts);
}

function serverNameIn(hello: Buffer): string | undefined {
  // Version and random, then three lists: the session's id, cipher suites, compression methods.
  let at = 34;
  at += 1 + hello.readUInt8(at);
  at += 2 + hello.readUInt16BE(at);
  at += 1 + hello.readUInt8(at);
  if (at >= hello.length) return undefined;
  const end = at + 2 + hello.readUInt16BE(at);
  at += 2;
  while (at + 4 <= end) {
    const type = hello.readUInt16BE(at);
    const length = hello.readUInt16BE(at + 2);
    if (type === SERVER_NAME) {
      // A list of names of which only host names are defined: its length, the type, the name's length.
      const size = hello.readUInt16BE(at + 7);
      return hello.toString('latin1', at + 9, at + 9 + size).toLowerCase();
    }
    at += 4 + length;
  }
  return undefined;
}
