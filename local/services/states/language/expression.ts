import jsonata from 'jsonata';
import type { Json } from './json.ts';
import { NotJson, plain } from './plain.ts';
import { type References, referencesOf } from './references.ts';

/**
 * How deep one evaluation may nest, and how long it may take on this machine.
 * Source: depth measured by others against AWS, time the JSONata library's own default; checked 2026-11-22.
 */
const GUARDRAILS = { stack: 100, timeout: 5000 };

/** What an expression sees: `$states`, the variables and the functions, by name. */
export type Bindings = Record<string, unknown>;

/** An expression that could not be compiled. `unsupported` when JSONata knows it but Step Functions doesn't. */
export class ExpressionError extends Error {
  readonly unsupported: boolean;

  constructor(message: string, { unsupported = false } = {}) {
    super(message);
    this.unsupported = unsupported;
  }
}

/** An expression that failed, or yielded what its field cannot take; the message continues "The JSONata expression '…'". */
export class EvaluationError extends Error {
  readonly source: string;
  /** Relative to the state: "Arguments/Payload/domain". */
  readonly field: string;

  constructor(message: string, { source, field }: { source: string; field: string }) {
    super(message);
    this.source = source;
    this.field = field;
  }
}

/** One JSONata expression, compiled once and evaluated as often as its state is visited. */
export class Expression {
  /** Without the delimiters. */
  readonly source: string;
  readonly field: string;
  readonly references: References;
  readonly #compiled: jsonata.Expression;

  /** Throws ExpressionError. */
  constructor(text: string, field: string) {
    this.source = text.slice(2, -2).trim();
    this.field = field;
    this.#compiled = compiled(this.source);
    this.references = referencesOf(this.#compiled.ast());
    const [unsupported] = this.references.unsupported;
    if (unsupported !== undefined) throw new ExpressionError(unsupported, { unsupported: true });
  }

  /** Throws EvaluationError, also when there is no result: JSON has no word for undefined. */
  async evaluate(bindings: Bindings): Promise<Json> {
    const result = await this.#result(bindings);
    if (result === undefined) throw this.refuse('returned nothing (undefined)');
    return result;
  }

  refuse(what: string): EvaluationError {
    return new EvaluationError(what, this);
  }

  async #result(bindings: Bindings): Promise<Json | undefined> {
    let raw: unknown;
    try {
      raw = await this.#compiled.evaluate(undefined, bindings);
    } catch (thrown) {
      throw this.refuse(`threw an error during evaluation. ${wordsOf(thrown)}`);
    }
    try {
      return plain(raw);
    } catch (thrown) {
      if (thrown instanceof NotJson) throw this.refuse(`returned ${thrown.message}, which is not JSON`);
      throw thrown;
    }
  }
}

export const isExpression = (value: unknown): value is string =>
  typeof value === 'string' && value.startsWith('{%') && value.endsWith('%}') && value.length >= 4;

function compiled(source: string): jsonata.Expression {
  const newer = newerOperator(source);
  if (newer) {
    throw new ExpressionError(`The operator "${newer}" is newer than JSONata 2.0.6`, { unsupported: true });
  }
  try {
    return jsonata(source, GUARDRAILS);
  } catch (thrown) {
    throw new ExpressionError(wordsOf(thrown));
  }
}

/**
 * AWS runs JSONata 2.0.6, the package here is newer: what 2.0.6 has no syntax for is refused.
 * Source: Step Functions guide, "Transforming data with JSONata"; checked 2026-11-22.
 */
function newerOperator(source: string): string | undefined {
  return /\?\?|\?:/.exec(source.replace(QUOTED, ' '))?.[0];
}

/** Strings, names in backticks, comments and regular expressions, in which an operator is none. */
const QUOTED =
  /"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|`[^`]*`|\/\*[\s\S]*?\*\/|(?<=(?:^|[(,[{:;=~<>&|?!+*-])\s*)\/(?:\\.|[^/\\])+\/[im]*/g;

/** JSONata throws objects with a code and a message; "T2001: The left side of …". */
function wordsOf(thrown: unknown): string {
  const { code, message } = thrown as { code?: string; message?: string };
  return code ? `${code}: ${message}` : String(message ?? thrown);
}
