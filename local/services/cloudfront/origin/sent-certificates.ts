import { createDecipheriv, createHmac, X509Certificate } from 'node:crypto';
import type { Connection } from '../../../internet/internet.ts';

const HANDSHAKE = 22;
const APPLICATION_DATA = 23;
const CERTIFICATE = 11;

/** A record may be sent over many; a handshake that has not come to its certificates by then is not looked at. */
const MOST_BYTES = 262_144;

/**
 * The certificates of a handshake in the order in which the server sent them. Node sorts them, and with that forgives what
 * CloudFront does not: so the records are read as they come in, those of TLS 1.3 by the server's handshake secret.
 * Source: RFC 8446, sections 5.2, 5.3 and 7.3, and RFC 5246, section 7.4.2; checked 2026-11-29.
 */
export class SentCertificates {
  readonly #records: Buffer[] = [];
  #size = 0;
  #secret: Buffer | undefined;

  /** Reads along, taking nothing away. */
  constructor(connection: Connection) {
    const push = connection.push.bind(connection);
    Object.assign(connection, {
      push: (chunk: Buffer | null, encoding?: BufferEncoding) => {
        if (chunk && this.#size < MOST_BYTES) {
          this.#records.push(chunk);
          this.#size += chunk.length;
        }
        return push(chunk, encoding);
      },
    });
  }

  /** A line of the key log: the secret of the server's side of a TLS 1.3 handshake is in one. */
  learn(line: Buffer): void {
    const [label, , secret] = line.toString('latin1').trim().split(' ');
    if (label === 'SERVER_HANDSHAKE_TRAFFIC_SECRET' && secret) this.#secret = Buffer.from(secret, 'hex');
  }

  /** Leaf first, as servers should. Empty where they can't be read. */
  certificates(cipher: string): X509Certificate[] {
    const messages = this.#secret ? this.#decrypted(this.#secret, cipher) : this.#plain();
    this.#size = MOST_BYTES;
    const body = messageOf(messages, CERTIFICATE);
    return body ? certificatesIn(body, { withContext: this.#secret !== undefined }) : [];
  }

  #plain(): Buffer {
    const handshakes = recordsIn(Buffer.concat(this.#records)).filter(({ type }) => type === HANDSHAKE);
    return Buffer.concat(handshakes.map(({ fragment }) => fragment));
  }

  #decrypted(secret: Buffer, cipher: string): Buffer {
    const hash = cipher.endsWith('SHA384') ? 'sha384' : 'sha256';
    const algorithm = cipher.includes('AES_256') ? 'aes-256-gcm' : 'aes-128-gcm';
    const key = expand(secret, 'key', { hash, length: cipher.includes('AES_256') ? 32 : 16 });
    const iv = expand(secret, 'iv', { hash, length: 12 });
    const parts: Buffer[] = [];
    let sequence = 0;
    for (const { type, header, fragment } of recordsIn(Buffer.concat(this.#records))) {
      if (type !== APPLICATION_DATA) continue;
      const nonce = Buffer.from(iv);
      nonce.writeUInt32BE((nonce.readUInt32BE(8) ^ sequence++) >>> 0, 8);
      const decipher = createDecipheriv(algorithm, key, nonce);
      decipher.setAAD(header).setAuthTag(fragment.subarray(-16));
      try {
        const text = Buffer.concat([decipher.update(fragment.subarray(0, -16)), decipher.final()]);
        // The type stands behind the text, and zeros as padding behind that.
        const end = text.findLastIndex((byte) => byte !== 0);
        if (text[end] === HANDSHAKE) parts.push(text.subarray(0, end));
      } catch {
        // From here on the keys are those of the data.
        break;
      }
    }
    return Buffer.concat(parts);
  }
}

/** Whether each certificate is followed by its issuer. */
export const isInOrder = (certificates: readonly X509Certificate[]): boolean =>
  certificates.every((certificate, at) => {
    const next = certificates[at + 1];
    return !next || certificate.checkIssued(next);
  });

function recordsIn(bytes: Buffer): { type: number; header: Buffer; fragment: Buffer }[] {
  const records: { type: number; header: Buffer; fragment: Buffer }[] = [];
  for (let at = 0; at + 5 <= bytes.length; ) {
    const end = at + 5 + bytes.readUInt16BE(at + 3);
    if (end > bytes.length) break;
    records.push({
      type: bytes.readUInt8(at),
      header: bytes.subarray(at, at + 5),
      fragment: bytes.subarray(at + 5, end),
    });
    at = end;
  }
  return records;
}

/** The body of the first handshake message of a type. */
function messageOf(messages: Buffer, type: number): Buffer | undefined {
  for (let at = 0; at + 4 <= messages.length; ) {
    const end = at + 4 + messages.readUIntBE(at + 1, 3);
    if (messages[at] === type) return messages.subarray(at + 4, end);
    at = end;
  }
  return undefined;
}

/** TLS 1.3 puts a context before the list, and extensions behind each certificate. */
function certificatesIn(body: Buffer, { withContext }: { withContext: boolean }): X509Certificate[] {
  const certificates: X509Certificate[] = [];
  let at = withContext ? 1 + body.readUInt8(0) : 0;
  at += 3;
  while (at + 3 <= body.length) {
    const end = at + 3 + body.readUIntBE(at, 3);
    certificates.push(new X509Certificate(body.subarray(at + 3, end)));
    at = withContext ? end + 2 + body.readUInt16BE(end) : end;
  }
  return certificates;
}

/** HKDF-Expand-Label, with no context: one block is enough for a key. */
function expand(secret: Buffer, label: string, { hash, length }: { hash: string; length: number }): Buffer {
  const name = Buffer.from(`tls13 ${label}`);
  const info = Buffer.concat([Buffer.from([0, length, name.length]), name, Buffer.from([0])]);
  return createHmac(hash, secret)
    .update(info)
    .update(Buffer.from([1]))
    .digest()
    .subarray(0, length);
}
