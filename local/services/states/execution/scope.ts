import type { Json } from '../language/json.ts';

/** The variables of one workflow. Inner workflows read those of the outer ones and assign only their own. */
export class Scope {
  readonly #outer: Scope | undefined;
  readonly #values = new Map<string, Json>();

  constructor(outer?: Scope) {
    this.#outer = outer;
  }

  assign(values: Record<string, Json>): void {
    for (const [name, value] of Object.entries(values)) this.#values.set(name, value);
  }

  /** Every variable that can be read here. */
  all(): Record<string, Json> {
    return { ...this.#outer?.all(), ...Object.fromEntries(this.#values) };
  }
}
