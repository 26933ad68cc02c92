import { type Catcher, catchersOf } from './catcher.ts';
import type { Fields } from './fields.ts';
import type { Leaving } from './leaving.ts';
import { type Retrier, retriersOf } from './retrier.ts';
import type { State, Target } from './state.ts';
import type { Template } from './template.ts';

export interface Transition {
  next: string | undefined;
  targets: Target[];
  ends: boolean;
}

/** Where a state leads by Next or End: exactly one of them must be there. */
export function transitionOf(fields: Fields): Transition {
  const next = fields.string('Next');
  const end = fields.boolean('End') === true;
  if (next === undefined && !end) fields.missing('Next | End');
  if (next !== undefined && end) fields.problem("Only one of 'Next' and 'End' may be there");
  return { next, targets: next === undefined ? [] : [{ name: next, location: fields.at('Next') }], ends: end };
}

export interface Recovery {
  retry: Retrier[];
  catch: Catcher[];
}

/** Retry and Catch, which Task, Parallel and Map have. */
export const recoveryOf = (fields: Fields): Recovery => ({ retry: retriersOf(fields), catch: catchersOf(fields) });

interface Parts {
  leaving?: Leaving;
  transition?: Transition;
  recovery?: Recovery;
  /** Whatever else is evaluated. */
  templates?: (Template | undefined)[];
}

/** What the checks of a definition and the running of it need of a state's parts. */
export function stateOf(
  fields: Fields,
  { leaving, transition, recovery, templates = [] }: Parts,
): Omit<State, 'name' | 'type' | 'run'> {
  const catchers = recovery?.catch ?? [];
  const leavings = [...(leaving ? [leaving] : []), ...catchers];
  return {
    location: fields.location,
    targets: [...(transition?.targets ?? []), ...catchers.map(({ target }) => target)],
    ends: transition?.ends ?? false,
    retry: recovery?.retry ?? [],
    catch: catchers,
    templates: [...templates, ...leavings.flatMap(({ output, assign }) => [output, assign])].filter(isThere),
    assigns: leavings.map(({ assign }) => assign).filter(isThere),
    inner: [],
  };
}

const isThere = <T>(value: T | undefined): value is T => value !== undefined;
