import type { InputTransformer, Target } from '@aws-sdk/client-eventbridge';
import { type BusEvent, eventTime, type Rule } from '../bus.ts';
import type { Json } from '../patterns/json.ts';
import { valueAt } from './json-path.ts';

/** What a target is given: the event, a part of it, a constant or a text made from parts. */
export function targetInput(target: Target, { event, rule, now }: { event: BusEvent; rule: Rule; now: Date }): string {
  const json = event as unknown as Json;
  if (target.Input !== undefined) return target.Input;
  if (target.InputPath !== undefined) return JSON.stringify(valueAt(json, target.InputPath) ?? null);
  if (target.InputTransformer === undefined) return JSON.stringify(event);
  return transformed(target.InputTransformer, {
    json,
    reserved: {
      'aws.events.rule-arn': rule.arn,
      'aws.events.rule-name': rule.name,
      'aws.events.event.ingestion-time': eventTime(now),
      'aws.events.event': withoutDetail(event),
      'aws.events.event.json': json,
    },
  });
}

/** Source: recordings of AWS in LocalStack's tests; checked 2026-11-30. */
const withoutDetail = ({ 'detail-type': detailType, ...event }: BusEvent): Json => ({
  id: event.id,
  account: event.account,
  detailType,
  time: event.time,
  source: event.source,
  region: event.region,
  resources: event.resources,
  version: event.version,
});

const PLACEHOLDER = /\\.|"|<([\w.-]+)>/g;
const RESERVED = [
  'aws.events.rule-arn',
  'aws.events.rule-name',
  'aws.events.event.ingestion-time',
  'aws.events.event',
  'aws.events.event.json',
] as const;

/** The first placeholder of a template that nothing stands for. */
export function strangePlaceholder({ InputPathsMap = {}, InputTemplate = '' }: InputTransformer): string | undefined {
  const names = [...InputTemplate.matchAll(PLACEHOLDER)].flatMap(([, name]) => name ?? []);
  return names.find((name) => !(name in InputPathsMap) && !RESERVED.some((one) => one === name));
}

/** Within a JSON string a placeholder is text; elsewhere it is a JSON value. What isn't there is an empty text in both. */
function transformed(
  { InputPathsMap = {}, InputTemplate = '' }: InputTransformer,
  { json, reserved }: { json: Json; reserved: Record<(typeof RESERVED)[number], Json> },
): string {
  let quoted = false;
  return InputTemplate.replace(PLACEHOLDER, (part, name: string | undefined) => {
    if (part === '"') quoted = !quoted;
    if (name === undefined) return part;
    const path = InputPathsMap[name];
    const value = path === undefined ? reserved[name as keyof typeof reserved] : valueAt(json, path);
    if (!quoted) return JSON.stringify(value === undefined ? '' : value);
    const text = typeof value === 'string' ? value : value === undefined ? '' : JSON.stringify(value);
    return JSON.stringify(text).slice(1, -1);
  });
}
