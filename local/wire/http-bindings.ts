import { FromStringShapeDeserializer, ToStringShapeSerializer } from '@smithy/core/protocols';
import type { NormalizedSchema } from '@smithy/core/schema';
import type { Model, OperationModel } from './model.ts';
import type { WireRequest } from './protocol.ts';

/** RFC 3339, as the SDK's codecs number the timestamp formats. */
const DATE_TIME = 5;
const settings = { httpBindings: true, timestampFormat: { useTrait: true, default: DATE_TIME } } as const;
const fromString = new FromStringShapeDeserializer(settings);

interface Bindings {
  httpLabel?: 1;
  httpQuery?: string;
  httpQueryParams?: 1;
  httpHeader?: string;
  httpPrefixHeaders?: string;
  httpPayload?: 1;
  httpResponseCode?: 1;
}

const bindingsOf = (member: NormalizedSchema): Bindings => member.getMergedTraits() as Bindings;

const isBody = (member: NormalizedSchema): boolean => {
  const { httpLabel, httpQuery, httpQueryParams, httpHeader, httpPrefixHeaders, httpResponseCode } = bindingsOf(member);
  return !(
    httpLabel ||
    httpQuery ||
    httpQueryParams ||
    httpHeader ||
    httpResponseCode ||
    httpPrefixHeaders !== undefined
  );
};

/** The operation whose method and path template the request meets; of several the one with most literal segments. */
export function operationAt({ method, path, query }: WireRequest, model: Model): OperationModel | undefined {
  let best: { operation: OperationModel; literals: number } | undefined;
  for (const operation of model.operations.values()) {
    if (operation.http?.method !== method) continue;
    const [template = '', constants] = operation.http.path.split('?');
    if (!labelsOf(template, path)) continue;
    if (constants && ![...new URLSearchParams(constants)].every(([key, value]) => query.get(key) === value)) continue;
    const literals = template.split('/').filter((part) => !part.startsWith('{')).length + (constants ? 1 : 0);
    if (!best || literals > best.literals) best = { operation, literals };
  }
  return best?.operation;
}

/** "/tags/{Type}/{Id+}" against "/tags/zone/a/b" gives { Type: "zone", Id: "a/b" }, still encoded; undefined when they differ. */
function labelsOf(template: string, path: string): Record<string, string> | undefined {
  const wanted = template.replace(/\/$/, '').split('/');
  const given = path.replace(/\/$/, '').split('/');
  const labels: Record<string, string> = {};
  for (const [index, part] of wanted.entries()) {
    const greedy = part.startsWith('{') && part.endsWith('+}');
    const value = greedy ? given.slice(index).join('/') : given[index];
    if (value === undefined) return undefined;
    if (greedy) return { ...labels, [part.slice(1, -2)]: value };
    if (part.startsWith('{')) labels[part.slice(1, -1)] = value;
    else if (part !== value) return undefined;
  }
  return wanted.length === given.length ? labels : undefined;
}

/** Reads a REST request: labels, query, headers and payload by the members' traits, the rest by `readBody`. */
export async function readBindings(
  request: WireRequest,
  { input, http }: OperationModel,
  readBody: (schema: NormalizedSchema, body: Buffer) => unknown,
): Promise<Record<string, unknown>> {
  if (input.isUnitSchema()) return {};
  const members = [...input.structIterator()];
  const payload = members.find(([, member]) => bindingsOf(member).httpPayload);
  const inBody = !payload && members.some(([, member]) => isBody(member));
  const body = inBody ? ((await readBody(input, request.body)) as Record<string, unknown>) : {};
  const value: Record<string, unknown> = {};
  for (const [name, member] of members) {
    if (inBody && isBody(member)) value[name] = body[name];
    else if (bindingsOf(member).httpPayload) value[name] = await readPayload(member, request.body, readBody);
    else value[name] = readBound(name, member, request, labelsOf(http?.path.split('?')[0] ?? '', request.path) ?? {});
    if (value[name] === undefined) delete value[name];
  }
  return value;
}

async function readPayload(
  member: NormalizedSchema,
  body: Buffer,
  readBody: (schema: NormalizedSchema, body: Buffer) => unknown,
): Promise<unknown> {
  if (body.length === 0) return undefined;
  if (member.isBlobSchema()) return new Uint8Array(body);
  if (member.isStringSchema()) return body.toString('utf8');
  return await readBody(member, body);
}

function readBound(
  name: string,
  member: NormalizedSchema,
  { query, headers }: WireRequest,
  labels: Record<string, string>,
): unknown {
  const { httpLabel, httpQuery, httpQueryParams, httpHeader, httpPrefixHeaders } = bindingsOf(member);
  if (httpLabel) {
    return labels[name] === undefined ? undefined : fromString.read(member, decodeURIComponent(labels[name]));
  }
  if (httpQuery && member.isListSchema()) {
    const values = query.getAll(httpQuery);
    return values.length ? values.map((value) => fromString.read(member.getValueSchema(), value)) : undefined;
  }
  if (httpQuery) return query.has(httpQuery) ? fromString.read(member, query.get(httpQuery) ?? '') : undefined;
  if (httpQueryParams) return Object.fromEntries(query);
  if (httpHeader) {
    const header = [headers[httpHeader.toLowerCase()]].flat().join(',');
    return headers[httpHeader.toLowerCase()] === undefined ? undefined : fromString.read(member, header);
  }
  if (httpPrefixHeaders === undefined) return undefined;
  const prefix = httpPrefixHeaders.toLowerCase();
  const found = Object.entries(headers).filter(([key]) => key.startsWith(prefix));
  return Object.fromEntries(found.map(([key, text]) => [key.slice(prefix.length), [text].flat().join(',')]));
}

/** What of an output stands outside the body, and which members are left for it. */
export function writeBindings(schema: NormalizedSchema, output: Record<string, unknown>) {
  const headers: Record<string, string> = {};
  const body: Record<string, unknown> = {};
  let payload: { schema: NormalizedSchema; value: unknown } | undefined;
  let status: number | undefined;
  for (const [name, member] of schema.isUnitSchema() ? [] : schema.structIterator()) {
    const value = output[name];
    const { httpHeader, httpPrefixHeaders, httpPayload, httpResponseCode } = bindingsOf(member);
    if (httpPayload) payload = { schema: member, value };
    else if (value === undefined || value === null) continue;
    else if (httpHeader) headers[httpHeader.toLowerCase()] = writeHeader(member, value);
    else if (httpResponseCode) status = Number(value);
    else if (httpPrefixHeaders !== undefined) {
      for (const [key, text] of Object.entries(value)) headers[(httpPrefixHeaders + key).toLowerCase()] = String(text);
    } else body[name] = value;
  }
  return { headers, body, payload, status };
}

function writeHeader(member: NormalizedSchema, value: unknown): string {
  const serializer = new ToStringShapeSerializer(settings);
  serializer.write(member, value);
  return serializer.flush();
}
