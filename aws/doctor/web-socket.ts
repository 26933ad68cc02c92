import { createHash } from 'node:crypto';

/** Any 16 bytes; a constant, so that the answer to it is one as well. */
const KEY = Buffer.from('nameplate-doctor').toString('base64');

/** Source: RFC 6455, section 1.3. */
const GUID = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';

/** What asks for a WebSocket. Source: RFC 6455, section 4.1. */
export const UPGRADE: Record<string, string> = {
  connection: 'Upgrade',
  upgrade: 'websocket',
  'sec-websocket-key': KEY,
  'sec-websocket-version': '13',
};

/** What a WebSocket server answers to it. */
export const ACCEPT = createHash('sha1').update(`${KEY}${GUID}`).digest('base64');
