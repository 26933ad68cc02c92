import { signal, useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { get } from '../api.ts';
import { ProblemNotice } from '../parts/notice.tsx';
import type { Editing } from './editing.ts';
import { Fields } from './field.tsx';
import type { Schema } from './schema.ts';

/** The schema of a site document, which the console's server has from the schema that validates. */
const schema = signal<Schema | undefined>(undefined);

/** What nearly every site says. */
const FIRST: readonly string[] = ['domain', 'aliases', 'origin', 'edge', 'failover'];

/** The id of the form: a button outside of it is what Enter presses. */
export const DOCUMENT_FORM = 'document-form';

/** A form and the document that it writes, side by side; either can be edited. */
export function DocumentForm({ editing, isChange = false }: { editing: Editing; isChange?: boolean }) {
  const error = useSignal<Error | undefined>(undefined);
  useEffect(() => {
    if (!schema.value)
      get<Schema>('/site.schema.json').then(
        (found) => {
          schema.value = found;
        },
        (caught: Error) => {
          error.value = caught;
        },
      );
  }, []);
  const { text, broken } = editing;
  const fields = Object.keys(schema.value?.properties ?? {}).filter((key) => key !== '$schema');
  const first = FIRST.filter((key) => !(isChange && key === 'domain'));
  const rest = fields.filter((key) => !FIRST.includes(key));
  const isGiven = rest.some((key) => editing.at([key]) !== undefined);
  const isWrong = editing.errors.value.some(({ pointer }) => rest.some((key) => pointer.startsWith(`#/${key}`)));
  return (
    <div class="document">
      <form class="form card" id={DOCUMENT_FORM} noValidate onSubmit={(event) => event.preventDefault()}>
        {error.value && <ProblemNotice error={error.value} />}
        {schema.value && (
          // What is typed there would be lost to what is typed here.
          <div class="body" inert={broken.value !== undefined}>
            <Fields schema={schema.value} path={[]} editing={editing} only={first} />
            <details class="more" open={isGiven || isWrong}>
              <summary>Everything else</summary>
              <div class="fields">
                <Fields schema={schema.value} path={[]} editing={editing} only={rest} />
              </div>
            </details>
          </div>
        )}
      </form>
      <div class="text card">
        <div class="body">
          <label for="document">The document</label>
          <textarea
            id="document"
            aria-describedby="broken"
            aria-invalid={broken.value !== undefined}
            spellcheck={false}
            rows={Math.max(12, text.value.split('\n').length + 1)}
            value={text.value}
            onInput={({ currentTarget }) => editing.setText(currentTarget.value)}
          />
          <p id="broken" class="error" aria-live="polite">
            {broken.value}
          </p>
        </div>
      </div>
    </div>
  );
}
