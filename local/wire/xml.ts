import { XmlCodec } from '@aws-sdk/core/protocols';
import type { NormalizedSchema } from '@smithy/core/schema';

/** RFC 3339, as the SDK's codecs number the timestamp formats. */
const DATE_TIME = 5;

const codec = new XmlCodec({
  timestampFormat: { useTrait: true, default: DATE_TIME },
  httpBindings: false,
  xmlNamespace: '',
  serviceNamespace: '',
});

export const XML_HEADER = '<?xml version="1.0" encoding="UTF-8"?>\n';

/** Reads an XML document by schema. Throws when it is not well-formed. */
export function readXml(schema: NormalizedSchema, body: Buffer): unknown {
  return body.length === 0 ? {} : codec.createDeserializer().read(schema, new Uint8Array(body));
}

/** The structure's members as XML elements, without the element around them. */
export function writeXmlMembers(schema: NormalizedSchema, value: unknown): string {
  if (schema.isUnitSchema()) return '';
  const serializer = codec.createSerializer();
  serializer.write(schema, value ?? {});
  const document = String(serializer.flush());
  return document.includes('</') ? document.slice(document.indexOf('>') + 1, document.lastIndexOf('</')) : '';
}

/** The whole structure as an element of the given name. */
export function element(name: string, xmlNamespace: string | undefined, content: string): string {
  return `<${name}${xmlNamespace ? ` xmlns="${xmlNamespace}"` : ''}>${content}</${name}>`;
}

export const escapeXml = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
