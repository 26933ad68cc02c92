import { batch, type ReadonlySignal, signal } from '@preact/signals';
import { jsonError } from '../../domain/problems/json-error.ts';
import { pointer } from '../../domain/problems/pointer.ts';
import type { FieldError } from '../../domain/problems/problem.ts';
import { type Path, valueAt, withValue } from './place.ts';

/** A site document while it is written: as text and field by field, either way. */
export interface Editing {
  text: ReadonlySignal<string>;
  /** Where the text is not JSON; the fields then show what it was before. */
  broken: ReadonlySignal<string | undefined>;
  /** What the API has refused, by fields. */
  errors: ReadonlySignal<readonly FieldError[]>;
  document: () => object;
  at: (path: Path) => unknown;
  set: (path: Path, value: unknown) => void;
  setText: (text: string) => void;
  refuse: (errors: readonly FieldError[]) => void;
}

/** `onChange` hears of every change: what was planned before is not what would happen now. */
export function editing(initial: object, onChange: () => void): Editing {
  const document = signal(initial);
  const text = signal(written(initial));
  const broken = signal<string | undefined>(undefined);
  const errors = signal<readonly FieldError[]>([]);
  return {
    text,
    broken,
    errors,
    document: () => document.value,
    at: (path) => valueAt(document.value, path),
    set(path, value) {
      const at = pointer(path);
      batch(() => {
        document.value = withValue(document.value, path, value) as object;
        text.value = written(document.value);
        broken.value = undefined;
        errors.value = errors.value.filter((error) => error.pointer !== at && !error.pointer.startsWith(`${at}/`));
      });
      onChange();
    },
    setText(typed) {
      const found = jsonError(typed);
      batch(() => {
        text.value = typed;
        broken.value = found && `Not JSON: ${found.detail} at line ${found.line}, column ${found.column}${FOLLOWS}`;
        if (found) return;
        const value: unknown = JSON.parse(typed);
        if (typeof value === 'object' && value !== null && !Array.isArray(value)) document.value = value;
        else broken.value = `Must be an object: {"domain": …, "origin": …}${FOLLOWS}`;
        errors.value = [];
      });
      onChange();
    },
    refuse(found) {
      errors.value = found;
    },
  };
}

const FOLLOWS = '; the form follows once it is';

/** A document as text. */
export const written = (document: object): string => JSON.stringify(document, null, 2);
