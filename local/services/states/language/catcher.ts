import { errorNamesOf } from './error-names.ts';
import { Fields } from './fields.ts';
import { isJsonObject } from './json.ts';
import { type Leaving, leavingOf } from './leaving.ts';
import type { Target } from './state.ts';

export interface Catcher extends Leaving {
  errorEquals: string[];
  next: string;
  target: Target;
}

export function catchersOf(fields: Fields): Catcher[] {
  const list = fields.list('Catch') ?? [];
  return list.flatMap((value, index) => {
    if (!isJsonObject(value)) {
      fields.problem('Expected value of type [OBJECT]', `Catch[${index}]`);
      return [];
    }
    const each = new Fields(value, fields.at(`Catch[${index}]`), fields.problems);
    return [catcherOf(each, { last: index === list.length - 1, prefix: `Catch[${index}]/` })];
  });
}

function catcherOf(fields: Fields, { last, prefix }: { last: boolean; prefix: string }): Catcher {
  fields.string('Comment');
  const next = fields.requiredString('Next');
  const catcher = {
    errorEquals: errorNamesOf(fields, { last }),
    next,
    target: { name: next, location: fields.at('Next') },
    ...leavingOf(fields, prefix),
  };
  fields.refuseRest();
  return catcher;
}
