import { operationAt, readBindings, writeBindings } from './http-bindings.ts';
import { jsonCodec } from './json.ts';
import type { WireProtocol } from './protocol.ts';

const codec = jsonCodec({ jsonName: true });

/** REST-JSON: the operation is method and path, members stand in path, query, headers and a JSON body. */
export const restJson: WireProtocol = {
  operation: (request, model) => operationAt(request, model)?.name,
  decode: (request, operation) => readBindings(request, operation, codec.read),
  encode(output, { output: schema, http }, { requestId }) {
    const { headers, body, payload, status } = writeBindings(schema, (output ?? {}) as Record<string, unknown>);
    return {
      status: status ?? http?.status ?? 200,
      headers: { 'content-type': 'application/json', 'x-amzn-requestid': requestId, ...headers },
      body: payload ? payloadOf(payload) : schema.isUnitSchema() ? '' : codec.write(schema, body),
    };
  },
  encodeError({ code, message, status, members }, { model, requestId }) {
    const known = model.errors.get(code);
    const { headers, body } = known
      ? writeBindings(known.schema, { ...members, message, Message: message })
      : { headers: {}, body: { message } };
    return {
      status,
      headers: {
        'content-type': 'application/json',
        'x-amzn-requestid': requestId,
        'x-amzn-errortype': code,
        ...headers,
      },
      body: known ? codec.write(known.schema, body) : JSON.stringify(body),
    };
  },
};

function payloadOf({
  schema,
  value,
}: {
  schema: Parameters<typeof codec.write>[0];
  value: unknown;
}): string | Uint8Array {
  if (value === undefined || value === null) return '';
  if (value instanceof Uint8Array) return value;
  return typeof value === 'string' ? value : codec.write(schema, value);
}
