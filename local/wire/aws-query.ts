import { type FormNames, readForm } from './form.ts';
import type { WireProtocol } from './protocol.ts';
import { element, escapeXml, writeXmlMembers, XML_HEADER } from './xml.ts';

const names: FormNames = { memberKey: (name, { xmlName }) => xmlName ?? name, flatLists: false };

/** AWS Query: a form with Action and Version, XML back with a Result inside a Response. */
export const awsQuery: WireProtocol = {
  operation: ({ body, query }) =>
    new URLSearchParams(body.toString('utf8')).get('Action') ?? query.get('Action') ?? undefined,
  decode: async ({ body, query }, { input }) =>
    readForm(body.length > 0 ? new URLSearchParams(body.toString('utf8')) : query, input, names),
  encode(output, { name, output: schema }, { model, requestId }) {
    const result = schema.isUnitSchema() ? '' : element(`${name}Result`, undefined, writeXmlMembers(schema, output));
    const metadata = element('ResponseMetadata', undefined, element('RequestId', undefined, requestId));
    return answer(200, element(`${name}Response`, model.xmlNamespace, result + metadata), requestId);
  },
  encodeError: ({ code, message, status, fault, members }, { model, requestId }) => {
    const known = model.errors.get(code);
    const error =
      element('Type', undefined, fault === 'client' ? 'Sender' : 'Receiver') +
      element('Code', undefined, escapeXml(known?.code ?? code)) +
      element('Message', undefined, escapeXml(message)) +
      (known ? writeXmlMembers(known.schema, members) : '');
    const body = element('Error', undefined, error) + element('RequestId', undefined, requestId);
    return answer(status, element('ErrorResponse', model.xmlNamespace, body), requestId);
  },
};

const answer = (status: number, xml: string, requestId: string) => ({
  status,
  headers: { 'content-type': 'text/xml', 'x-amzn-requestid': requestId },
  body: XML_HEADER + xml,
});
