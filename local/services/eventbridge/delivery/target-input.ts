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
      'aws.events.event': { ...event, detail: null } as unknown as Json,
      'aws.events.event.json': json,
    },
  });
}

/** Within a JSON string a placeholder is text; elsewhere it is a JSON value. What isn't there is empty or null. */
function transformed(
  { InputPathsMap = {}, InputTemplate = '' }: InputTransformer,
  { json, reserved }: { json: Json; reserved: Record<string, Json> },
): string {
  let quoted = false;
  return InputTemplate.replace(/\\.|"|<([\w.-]+)>/g, (part, name: string | undefined) => {
    if (part === '"') quoted = !quoted;
    if (name === undefined) return part;
    const path = InputPathsMap[name];
    if (path === undefined && !(name in reserved)) return part;
    const value = path === undefined ? reserved[name] : valueAt(json, path);
    if (!quoted) return JSON.stringify(value ?? null);
    const text = typeof value === 'string' ? value : value === undefined ? '' : JSON.stringify(value);
    return JSON.stringify(text).slice(1, -1);
  });
}
