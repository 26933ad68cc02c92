import { type FormNames, readForm } from './form.ts';
import type { WireProtocol } from './protocol.ts';
import { element, escapeXml, writeXmlMembers, XML_HEADER } from './xml.ts';

const names: FormNames = {
  memberKey(name, { xmlName, ec2QueryName }) {
    if (ec2QueryName) return ec2QueryName;
    const key = xmlName ?? name;
    return key.charAt(0).toUpperCase() + key.slice(1);
  },
  flatLists: true,
};

/** EC2's own query protocol: capitalized keys, lists always flat, no Result level, errors in a list. */
export const ec2Query: WireProtocol = {
  operation: ({ body, query }) =>
    new URLSearchParams(body.toString('utf8')).get('Action') ?? query.get('Action') ?? undefined,
  decode: async ({ body, query }, { input }) =>
    readForm(body.length > 0 ? new URLSearchParams(body.toString('utf8')) : query, input, names),
  encode(output, { name, output: schema }, { model, requestId }) {
    // Operations without an output of their own answer <return>true</return>.
    const members = schema.isUnitSchema() ? element('return', undefined, 'true') : writeXmlMembers(schema, output);
    const content = element('requestId', undefined, requestId) + members;
    return answer(200, element(`${name}Response`, model.xmlNamespace, content), requestId);
  },
  encodeError({ code, message, status }, { requestId }) {
    const error = element('Code', undefined, escapeXml(code)) + element('Message', undefined, escapeXml(message));
    const content =
      element('Errors', undefined, element('Error', undefined, error)) + element('RequestID', undefined, requestId);
    return answer(status, element('Response', undefined, content), requestId);
  },
};

const answer = (status: number, xml: string, requestId: string) => ({
  status,
  headers: { 'content-type': 'text/xml;charset=UTF-8', 'x-amzn-requestid': requestId },
  body: XML_HEADER + xml,
});
