import { type Bindings, Expression, ExpressionError, isExpression } from './expression.ts';
import type { Fields } from './fields.ts';
import { isJsonObject, type Json, type JsonObject } from './json.ts';

/** A value of a definition in which expressions may stand at any depth. */
export interface Template {
  evaluate(bindings: Bindings): Promise<Json>;
  /** Every expression in it. */
  expressions: Expression[];
  /** As it stands in the definition. */
  source: Json;
  /** Relative to the state: "Arguments", "Catch[0]/Output". */
  field: string;
}

/** Compiles the field if it is there; what is wrong with its expressions goes to the fields' problems. */
export function templateOf(fields: Fields, name: string, { field = name } = {}): Template | undefined {
  const source = fields.take(name);
  return source === undefined ? undefined : compile(source, field, { fields, name });
}

/** An object whose members are evaluated each for itself. */
export function objectTemplateOf(fields: Fields, name: string, options: { field?: string } = {}): Template | undefined {
  const source = fields.take(name);
  if (source === undefined) return undefined;
  if (isJsonObject(source)) return templateOf(fields, name, options);
  fields.wrongType(name, 'OBJECT');
  return undefined;
}

function compile(source: Json, field: string, { fields, name }: { fields: Fields; name: string }): Template {
  const expressions: Expression[] = [];
  const evaluate = part(source, field, (text, at) => {
    try {
      const expression = new Expression(text, at);
      expressions.push(expression);
      return expression;
    } catch (thrown) {
      if (!(thrown instanceof ExpressionError)) throw thrown;
      const code = thrown.unsupported ? 'UNSUPPORTED_JSONATA_EXPRESSION' : 'INVALID_JSONATA_EXPRESSION';
      const location = `${fields.location}/${name}${at.slice(field.length)}`;
      fields.problems.push({ code, message: thrown.message, location });
      return undefined;
    }
  });
  return { evaluate, expressions, source, field };
}

type Evaluate = (bindings: Bindings) => Promise<Json>;

function part(source: Json, at: string, expression: (text: string, at: string) => Expression | undefined): Evaluate {
  if (isExpression(source)) {
    const compiled = expression(source, at);
    return async (bindings) => (compiled ? compiled.evaluate(bindings) : null);
  }
  if (Array.isArray(source)) return list(source.map((item, index) => part(item, `${at}[${index}]`, expression)));
  if (isJsonObject(source)) return object(source, (key) => part(source[key] ?? null, `${at}/${key}`, expression));
  return async () => source;
}

function list(items: Evaluate[]): Evaluate {
  return async (bindings) => {
    const values: Json[] = [];
    // One after the other: JSONata's callbacks may draw from the seed.
    for (const item of items) values.push(await item(bindings));
    return values;
  };
}

function object(source: JsonObject, member: (key: string) => Evaluate): Evaluate {
  const members = Object.keys(source).map((key) => [key, member(key)] as const);
  return async (bindings) => {
    const entries: [string, Json][] = [];
    for (const [key, evaluate] of members) entries.push([key, await evaluate(bindings)]);
    return Object.fromEntries(entries);
  };
}
