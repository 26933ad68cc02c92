import { isJsonObject, type Json, type JsonObject } from './json.ts';
import type { Problem } from './problem.ts';

/**
 * The fields of one object of a definition. Each is taken once by whoever knows what it means; `refuseRest` then
 * reports what nobody took, so that no field is ignored in silence.
 */
export class Fields {
  readonly value: JsonObject;
  /** "/States/Wait" */
  readonly location: string;
  readonly problems: Problem[];
  readonly #taken = new Set<string>();

  constructor(value: JsonObject, location: string, problems: Problem[]) {
    this.value = value;
    this.location = location;
    this.problems = problems;
  }

  at(name: string): string {
    return `${this.location}/${name}`;
  }

  take(name: string): Json | undefined {
    this.#taken.add(name);
    return Object.hasOwn(this.value, name) ? this.value[name] : undefined;
  }

  string(name: string): string | undefined {
    const value = this.take(name);
    if (value === undefined || typeof value === 'string') return value;
    return this.wrongType(name, 'STRING');
  }

  requiredString(name: string): string {
    const value = this.string(name);
    if (value === undefined && !Object.hasOwn(this.value, name)) this.missing(name);
    return value ?? '';
  }

  boolean(name: string): boolean | undefined {
    const value = this.take(name);
    if (value === undefined || typeof value === 'boolean') return value;
    return this.wrongType(name, 'BOOLEAN');
  }

  number(name: string, { min, max, integer }: { min: number; max: number; integer: boolean }): number | undefined {
    const value = this.take(name);
    if (value === undefined) return undefined;
    if (typeof value !== 'number' || (integer && !Number.isInteger(value))) {
      return this.wrongType(name, integer ? 'INTEGER' : 'NUMBER');
    }
    if (value < min || value > max) {
      this.problem(`Value is not in the range from ${min} to ${max}: ${value}`, name);
      return undefined;
    }
    return value;
  }

  object(name: string): JsonObject | undefined {
    const value = this.take(name);
    if (value === undefined || isJsonObject(value)) return value;
    return this.wrongType(name, 'OBJECT');
  }

  list(name: string): Json[] | undefined {
    const value = this.take(name);
    if (value === undefined || Array.isArray(value)) return value;
    return this.wrongType(name, 'ARRAY');
  }

  missing(...names: string[]): void {
    this.problems.push({
      code: 'SCHEMA_VALIDATION_FAILED',
      message: `These fields are required: [${names.join(', ')}]`,
      location: this.location || '/',
    });
  }

  problem(message: string, name?: string): void {
    const location = name === undefined ? this.location || '/' : this.at(name);
    this.problems.push({ code: 'SCHEMA_VALIDATION_FAILED', message, location });
  }

  refuseRest(): void {
    for (const name of Object.keys(this.value)) {
      if (!this.#taken.has(name)) this.problem(`Field '${name}' is not supported`);
    }
  }

  wrongType(name: string, wanted: string): undefined {
    this.problem(`Expected value of type [${wanted}]`, name);
    return undefined;
  }
}
