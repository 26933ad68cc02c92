import { useSignal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import type { PlanView } from '../../domain/plans/view.ts';
import { DocumentForm } from './document-form.tsx';
import { editing } from './editing.ts';
import { PlanAndApply } from './plan-and-apply.tsx';

/** The least that a document says. */
const EMPTY = { domain: '', origin: { instance: { id: '' } } };

/** A new site: a form and its document, the plan, and then the site. */
export function NewSitePage() {
  const planned = useSignal<PlanView | undefined>(undefined);
  const written = useMemo(
    () =>
      editing(EMPTY, () => {
        planned.value = undefined;
      }),
    [],
  );
  return (
    <>
      <div class="head">
        <h1>New site</h1>
      </div>
      <div class="stack">
        <DocumentForm editing={written} />
        <PlanAndApply editing={written} planned={planned} />
      </div>
    </>
  );
}
