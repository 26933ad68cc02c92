import { jsonCodec } from './json.ts';
import type { WireProtocol } from './protocol.ts';
import { Written } from './written.ts';

const codec = jsonCodec({ jsonName: false });

/** AWS JSON 1.0 or 1.1: everything in the body, the operation in X-Amz-Target. */
export function awsJson(version: '1.0' | '1.1'): WireProtocol {
  const contentType = `application/x-amz-json-${version}`;
  return {
    operation: ({ headers }) => [headers['x-amz-target']].flat()[0]?.split('.').at(-1),
    decode: ({ body }, { input }) => codec.read(input, body),
    encode: (output, { output: schema }, { requestId }) => ({
      status: 200,
      headers: { 'content-type': contentType, 'x-amzn-requestid': requestId },
      body: output instanceof Written ? output.text : schema.isUnitSchema() ? '' : codec.write(schema, output),
    }),
    encodeError({ code, message, status, fault, members }, { model, requestId }) {
      const known = model.errors.get(code);
      const text =
        known && [...known.schema.structIterator()].some(([name]) => name === 'Message') ? 'Message' : 'message';
      const shape = known?.name ?? code;
      const queryCode = known && known.code !== known.name ? known.code : undefined;
      return {
        status,
        headers: {
          'content-type': contentType,
          'x-amzn-requestid': requestId,
          ...(queryCode ? { 'x-amzn-query-error': `${queryCode};${fault === 'client' ? 'Sender' : 'Receiver'}` } : {}),
        },
        body: known
          ? JSON.stringify({ __type: shape, ...JSON.parse(codec.write(known.schema, { ...members, [text]: message })) })
          : JSON.stringify({ __type: shape, message }),
      };
    },
  };
}
