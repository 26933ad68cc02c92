import { useSignal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import type { PlanView } from '../../domain/plans/view.ts';
import { Notice } from '../parts/notice.tsx';
import { DOCUMENT_FORM, DocumentForm } from './document-form.tsx';
import { dropDraft, keepDraft, readDraft } from './drafts.ts';
import { editing, written } from './editing.ts';
import { PlanAndApply } from './plan-and-apply.tsx';

interface WritingProps {
  /** What it begins with: of a site, its document as it is declared. */
  initial: object;
  /** Of a site that is changed; absent of a new one. */
  domain?: string;
}

/** A document from its first letter to its plan, and the site: what was left unfinished goes on where it was left. */
export function Writing({ initial, domain }: WritingProps) {
  const planned = useSignal<PlanView | undefined>(undefined);
  const begun = useSignal(0);
  const { document, left } = useMemo(() => {
    const known = readDraft(domain);
    const from = known?.from ?? written(initial);
    const begins = editing(initial, () => {
      planned.value = undefined;
      keepDraft(domain, { from, text: begins.text.value });
    });
    if (known) begins.setText(known.text);
    return { document: begins, left: known };
  }, [begun.value]);
  const startOver = () => {
    dropDraft(domain);
    planned.value = undefined;
    begun.value += 1;
    // The button goes.
    globalThis.document.querySelector<HTMLElement>(`#${DOCUMENT_FORM} input, #${DOCUMENT_FORM} select`)?.focus();
  };
  return (
    <div class="stack">
      {left && (
        <Notice tone="quiet" title="You left this unfinished">
          {left.from !== written(initial) && 'The site has another document by now than the one that you began with. '}
          <button type="button" class="small" onClick={startOver}>
            Start over
          </button>
        </Notice>
      )}
      <DocumentForm key={`form ${begun.value}`} editing={document} isChange={domain !== undefined} />
      <PlanAndApply
        key={`plan ${begun.value}`}
        editing={document}
        planned={planned}
        {...(domain !== undefined && { domain })}
      />
    </div>
  );
}
