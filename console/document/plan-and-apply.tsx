import { type Signal, useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { stops } from '../../domain/plans/stops.ts';
import type { PlanView as Plan } from '../../domain/plans/view.ts';
import { change, Problem } from '../api.ts';
import { go } from '../location.ts';
import { displayName } from '../parts/display-name.ts';
import { ProblemNotice } from '../parts/notice.tsx';
import { Question } from '../parts/question.tsx';
import { PlanView } from '../plan/plan-view.tsx';
import { sitePath } from '../route.ts';
import { DOCUMENT_FORM } from './document-form.tsx';
import { dropDraft } from './drafts.ts';
import type { Editing } from './editing.ts';

interface PlanAndApplyProps {
  editing: Editing;
  /** What was planned of the document as it is; taken back when the document changes. */
  planned: Signal<Plan | undefined>;
  /** The domain of the site that the document changes; undefined for a new one. */
  domain?: string;
}

/** Plans a document, shows the plan, and applies exactly that one. */
export function PlanAndApply({ editing, planned, domain }: PlanAndApplyProps) {
  const running = useSignal<'plan' | 'apply' | undefined>(undefined);
  const error = useSignal<Error | undefined>(undefined);
  const heading = useRef<HTMLHeadingElement>(null);
  const plan = planned.value;
  useEffect(() => heading.current?.focus(), [plan]);

  async function run(what: 'plan' | 'apply', act: () => Promise<void>): Promise<void> {
    running.value = what;
    error.value = undefined;
    editing.refuse([]);
    try {
      await act();
    } catch (caught) {
      error.value = caught as Error;
      if (caught instanceof Problem) editing.refuse(caught.errors);
    }
    running.value = undefined;
  }
  const makePlan = () =>
    run('plan', async () => {
      planned.value = await change<Plan>('POST', '/v1/plans', editing.document());
    });
  const apply = async (approve?: string) => {
    if (!plan) return;
    const { id, checksum } = plan;
    const document = { ...editing.document(), plan: { id, checksum }, ...(approve !== undefined && { approve }) };
    if (domain === undefined) await change('POST', '/v1/sites', document);
    else await change('PUT', `/v1/sites/${encodeURIComponent(domain)}`, document);
    dropDraft(domain);
    go(sitePath(plan.domain));
  };

  const approval = error.value instanceof Problem ? error.value.approval : undefined;
  const isStopped = plan !== undefined && stops(plan);
  return (
    <section class="stack" aria-label="Plan">
      <div class="actions">
        <button
          type="submit"
          form={DOCUMENT_FORM}
          class={plan ? '' : 'primary'}
          disabled={running.value !== undefined || editing.broken.value !== undefined}
          onClick={() => void makePlan()}
        >
          {running.value === 'plan' ? 'Planning …' : plan ? 'Plan again' : 'Plan'}
        </button>
        {plan && (
          <button
            type="button"
            class="primary"
            disabled={running.value !== undefined || isStopped}
            onClick={() => void run('apply', apply)}
          >
            {running.value === 'apply' ? 'Applying …' : 'Apply this plan'}
          </button>
        )}
        <p class="muted" role="status">
          {running.value === 'plan' && 'Looks at the account, DNS and the origin, and changes nothing'}
          {isStopped && 'Mend what is in the way first, then plan again'}
          {plan && !isStopped && running.value === undefined && 'Exactly what is shown is applied, or nothing'}
        </p>
      </div>
      {error.value && !approval && <ProblemNotice error={error.value} />}
      {approval && (
        <Question
          title="Approve these deletions?"
          verb="Approve and apply"
          isDanger
          onConfirm={() => apply(approval.checksum)}
          onClose={() => {
            error.value = undefined;
          }}
        >
          <pre>{error.value?.message}</pre>
        </Question>
      )}
      {plan && (
        <>
          <h2 ref={heading} tabIndex={-1}>{`Plan for ${displayName(plan.domain)}`}</h2>
          <PlanView plan={plan} />
        </>
      )}
    </section>
  );
}
