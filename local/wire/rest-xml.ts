import { operationAt, readBindings, writeBindings } from './http-bindings.ts';
import type { WireProtocol } from './protocol.ts';
import { element, escapeXml, readXml, writeXmlMembers, XML_HEADER } from './xml.ts';

/** REST-XML: the operation is method and path, members stand in path, query, headers and an XML body. */
export const restXml: WireProtocol = {
  operation: (request, model) => operationAt(request, model)?.name,
  decode: (request, operation) => readBindings(request, operation, readXml),
  encode(output, { name, output: schema, http }, { model, requestId }) {
    const { headers, body, payload, status } = writeBindings(schema, (output ?? {}) as Record<string, unknown>);
    const ownHeaders = { 'x-amzn-requestid': requestId, ...headers };
    // What is no structure is the whole body.
    if (payload?.schema.isBlobSchema()) {
      return { status: status ?? http?.status ?? 200, headers: ownHeaders, body: payload.value as Uint8Array };
    }
    const root = schema.getMergedTraits().xmlName ?? schema.getName() ?? `${name}Response`;
    const content = payload
      ? element(payload.schema.getName() ?? name, model.xmlNamespace, writeXmlMembers(payload.schema, payload.value))
      : element(String(root), model.xmlNamespace, writeXmlMembers(schema, body));
    return {
      status: status ?? http?.status ?? 200,
      headers: { 'content-type': 'text/xml', ...ownHeaders },
      body: schema.isUnitSchema() ? '' : XML_HEADER + content,
    };
  },
  encodeError({ code, message, status, fault, members }, { model, requestId }) {
    const known = model.errors.get(code);
    const error =
      element('Type', undefined, fault === 'client' ? 'Sender' : 'Receiver') +
      element('Code', undefined, escapeXml(known?.code ?? code)) +
      element('Message', undefined, escapeXml(message)) +
      (known ? writeXmlMembers(known.schema, members) : '');
    const content = element('Error', undefined, error) + element('RequestId', undefined, requestId);
    return {
      status,
      headers: { 'content-type': 'text/xml', 'x-amzn-requestid': requestId },
      body: XML_HEADER + element('ErrorResponse', model.xmlNamespace, content),
    };
  },
};
