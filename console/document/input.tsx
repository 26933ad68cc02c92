import { pointer } from '../../domain/problems/pointer.ts';
import type { FieldProps } from './field.tsx';
import { Lines } from './lines.tsx';
import { labelOf, type Schema } from './schema.ts';

/** Texts that have lines. */
const LONG: readonly string[] = ['message', 'html', 'userData'];

/** Whether a field is one control: all but objects with fields of their own. */
export const isInput = ({ type, properties }: Schema): boolean => type !== 'object' || properties === undefined;

/** A field that is one control, with what it is for and what the API says of it. */
export function Input({ schema, path, isRequired, editing }: FieldProps) {
  const key = path.at(-1) ?? '';
  const id = pointer(path);
  const errors = editing.errors.value.filter(({ pointer: at }) => at === id || at.startsWith(`${id}/`));
  const described = {
    id,
    'aria-describedby': `${id}-hint`,
    'aria-invalid': errors.length > 0,
  };
  return (
    <div class={errors.length > 0 ? 'field wrong' : 'field'}>
      <label for={id}>
        {labelOf(key)} {isRequired && <span class="muted">needed</span>}
      </label>
      <Control schema={schema} path={path} isRequired={isRequired} editing={editing} described={described} />
      <div id={`${id}-hint`}>
        {errors.map(({ pointer: at, detail }) => (
          <p key={at + detail} class="error">
            {at === id ? detail : `${at.slice(id.length + 1)}: ${detail}`}
          </p>
        ))}
        <p class="hint">{schema.description}</p>
      </div>
    </div>
  );
}

interface ControlProps extends FieldProps {
  described: { id: string; 'aria-describedby': string; 'aria-invalid': boolean };
}

function Control({ schema, path, isRequired, editing, described }: ControlProps) {
  const { type, enum: words, default: byDefault, minimum, maximum } = schema;
  const value = editing.at(path);
  if (type === 'array' || type === 'object')
    return (
      <Lines isList={type === 'array'} value={value} onChange={(next) => editing.set(path, next)} {...described} />
    );
  if (words || type === 'boolean') {
    const choices = words ?? [true, false];
    return (
      <select
        {...described}
        value={String(value ?? '')}
        onChange={({ currentTarget }) =>
          editing.set(
            path,
            choices.find((each) => String(each) === currentTarget.value),
          )
        }
      >
        <option value="">{byDefault === undefined ? 'left out' : `left out: ${shown(byDefault)}`}</option>
        {choices.map((each) => (
          <option key={String(each)} value={String(each)}>
            {shown(each)}
          </option>
        ))}
      </select>
    );
  }
  const text = value === undefined ? '' : String(value);
  const placeholder = byDefault === undefined ? {} : { placeholder: String(byDefault) };
  if (type === 'integer' || type === 'number')
    return (
      <input
        {...described}
        {...placeholder}
        type="number"
        min={minimum}
        max={maximum}
        value={text}
        onInput={({ currentTarget: { value: typed } }) => editing.set(path, typed === '' ? undefined : Number(typed))}
      />
    );
  // What is needed stays where it is while it is typed anew.
  const setText = (typed: string) => editing.set(path, typed === '' && !isRequired ? undefined : typed);
  if (LONG.includes(path.at(-1) ?? ''))
    return (
      <textarea {...described} rows={4} value={text} onInput={({ currentTarget }) => setText(currentTarget.value)} />
    );
  return (
    <input
      {...described}
      {...placeholder}
      type="text"
      autocomplete="off"
      spellcheck={false}
      value={text}
      onInput={({ currentTarget }) => setText(currentTarget.value)}
    />
  );
}

const shown = (value: unknown): string => (typeof value === 'boolean' ? (value ? 'yes' : 'no') : String(value));
