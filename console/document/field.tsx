import type { ComponentChildren } from 'preact';
import { pointer } from '../../domain/problems/pointer.ts';
import type { Editing } from './editing.ts';
import { Input, isInput } from './input.tsx';
import type { Path } from './place.ts';
import { beginning, labelOf, type Schema, type Variant, variantAt, variantsOf } from './schema.ts';

export interface FieldProps {
  schema: Schema;
  path: Path;
  isRequired: boolean;
  editing: Editing;
}

/** A field of a document as its schema says, with all that is inside of it. */
export function Field(props: FieldProps) {
  const { schema } = props;
  if (schema.anyOf) return <Variants {...props} />;
  return isInput(schema) ? <Input {...props} /> : <Group {...props} />;
}

/** The fields of an object, in the order of the schema. */
export function Fields({
  schema: { properties = {}, required = [] },
  path,
  editing,
  only = Object.keys(properties),
}: Omit<FieldProps, 'isRequired'> & { only?: readonly string[] }) {
  return (
    <>
      {Object.entries(properties)
        .filter(([key]) => only.includes(key))
        .map(([key, schema]) => (
          <Field
            key={key}
            schema={schema}
            path={[...path, key]}
            isRequired={required.includes(key)}
            editing={editing}
          />
        ))}
    </>
  );
}

/** An object that may be left out is there once its box is ticked. */
function Group({ schema, path, isRequired, editing }: FieldProps) {
  const isThere = editing.at(path) !== undefined;
  const legend = labelOf(path.at(-1) ?? '');
  if (isRequired)
    return (
      <Framed legend={legend} path={path} editing={editing}>
        <Fields schema={schema} path={path} editing={editing} />
      </Framed>
    );
  return (
    <Framed path={path} editing={editing}>
      <label class="check">
        <input
          type="checkbox"
          checked={isThere}
          onChange={({ currentTarget }) => editing.set(path, currentTarget.checked ? beginning(schema) : undefined)}
        />
        {legend}
      </label>
      <p class="hint">{schema.description}</p>
      {isThere && (
        <div class="inside">
          <Fields schema={schema} path={path} editing={editing} />
        </div>
      )}
    </Framed>
  );
}

/** A field with several forms: which one, and what belongs to it. */
function Variants({ schema, path, isRequired, editing }: FieldProps) {
  const variants = variantsOf(schema);
  const at = variantAt(variants, editing.at(path));
  const chosen = variants[at];
  const id = pointer(path);
  return (
    <Framed path={path} editing={editing}>
      <label class="field">
        {labelOf(path.at(-1) ?? '')}
        <select
          id={id}
          value={String(at)}
          onChange={({ currentTarget }) => editing.set(path, variants[Number(currentTarget.value)]?.value)}
        >
          {!isRequired && <option value="-1">left out</option>}
          {variants.map(({ label }, place) => (
            <option key={label} value={String(place)}>
              {label}
            </option>
          ))}
        </select>
      </label>
      <p class="hint">{chosen?.schema?.description ?? schema.description}</p>
      {chosen?.schema && (
        <div class="inside">
          <Inside variant={chosen} path={path} editing={editing} />
        </div>
      )}
    </Framed>
  );
}

/** A form that is one object inside of another needs no frame of its own: { "instance": { … } }. */
function Inside({ variant: { schema = {} }, path, editing }: { variant: Variant; path: Path; editing: Editing }) {
  const entries = Object.entries(schema.properties ?? {});
  const [[key, only] = ['', {} as Schema]] = entries;
  if (entries.length === 1 && only.anyOf)
    return <Field schema={only} path={[...path, key]} isRequired editing={editing} />;
  if (entries.length === 1 && only.properties) return <Fields schema={only} path={[...path, key]} editing={editing} />;
  return <Fields schema={schema} path={path} editing={editing} />;
}

/** A group with what the API says of the whole of it. */
function Framed({
  legend,
  path,
  editing,
  children,
}: {
  legend?: string;
  path: Path;
  editing: Editing;
  children: ComponentChildren;
}) {
  const errors = editing.errors.value.filter((error) => error.pointer === pointer(path));
  return (
    <fieldset class={errors.length > 0 ? 'wrong' : ''}>
      {legend && <legend>{legend}</legend>}
      {children}
      {errors.map(({ detail }) => (
        <p key={detail} class="error">
          {detail}
        </p>
      ))}
    </fieldset>
  );
}
