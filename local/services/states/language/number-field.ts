import type { Bindings } from './expression.ts';
import { isExpression } from './expression.ts';
import type { Fields } from './fields.ts';
import type { Json } from './json.ts';
import { type Template, templateOf } from './template.ts';

/** The largest number of seconds that a field takes. Source: states-language.net and asl-validator; checked 2026-11-22. */
export const MAX_SECONDS = 99_999_999;

/** A number in the definition, or an expression that yields one. */
export interface NumberField {
  /** Throws EvaluationError where the expression yields another type or a number out of range. */
  evaluate(bindings: Bindings): Promise<number>;
  template: Template | undefined;
  /** The number where it stands in the definition. */
  fixed: number | undefined;
}

interface Range {
  min: number;
  max: number;
  integer: boolean;
}

export function numberField(fields: Fields, name: string, range: Range): NumberField | undefined {
  if (!isExpression(fields.value[name])) {
    const fixed = fields.number(name, range);
    return fixed === undefined ? undefined : { fixed, template: undefined, evaluate: async () => fixed };
  }
  const template = templateOf(fields, name);
  return template && { fixed: undefined, template, evaluate: async (bindings) => checked(template, range, bindings) };
}

async function checked(template: Template, range: Range, bindings: Bindings): Promise<number> {
  const value = await template.evaluate(bindings);
  if (typeof value === 'number' && fits(value, range)) return value;
  throw template.expressions[0]?.refuse(unexpected(wantedBy(range), value)) ?? new TypeError('No expression');
}

const fits = (value: number, { min, max, integer }: Range): boolean =>
  value >= min && value <= max && (!integer || Number.isInteger(value));

const wantedBy = ({ min, max, integer }: Range): string => `${integer ? 'integer' : 'number'} from ${min} to ${max}`;

/** How a result that its field cannot take is reported. */
export const unexpected = (wanted: string, value: Json): string =>
  `returned an unexpected result type. Expected '${wanted}', but was '${typeOf(value)}' for value: ${JSON.stringify(value)}`;

const typeOf = (value: Json): string => (value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value);
