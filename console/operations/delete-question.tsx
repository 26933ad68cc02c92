import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { LeavingPlanView } from '../../domain/plans/leaving-view.ts';
import { stops } from '../../domain/plans/stops.ts';
import { change } from '../api.ts';
import { ProblemNotice } from '../parts/notice.tsx';
import { PlanView } from '../plan/plan-view.tsx';
import { pathOf } from '../sites/site-path.ts';
import { ApprovedQuestion } from './approved-question.tsx';
import type { QuestionOf } from './question-of.ts';

/** Removes a site, once its plan has said what goes in which order and what stays. */
export function DeleteQuestion({ site, onDone, onClose }: QuestionOf) {
  const deleteZone = useSignal(false);
  const plan = useSignal<LeavingPlanView | undefined>(undefined);
  const error = useSignal<Error | undefined>(undefined);
  const body = deleteZone.value ? { deleteZone: true } : {};
  useEffect(() => {
    let isOld = false;
    plan.value = undefined;
    error.value = undefined;
    change<LeavingPlanView>('DELETE', `${pathOf(site.domain)}?plan=true`, body).then(
      (found) => {
        if (!isOld) plan.value = found;
      },
      (caught: Error) => {
        if (!isOld) error.value = caught;
      },
    );
    return () => {
      isOld = true;
    };
  }, [deleteZone.value]);
  const send = (approve: string | undefined) =>
    change('DELETE', pathOf(site.domain), { ...body, ...(approve !== undefined && { approve }) });
  return (
    <ApprovedQuestion
      title={`Delete ${site.domain}?`}
      verb="Delete as planned"
      isBlocked={plan.value === undefined || stops(plan.value)}
      approved={plan.value?.approval?.checksum}
      send={send}
      onDone={onDone}
      onClose={onClose}
    >
      <label class="check">
        <input
          type="checkbox"
          checked={deleteZone.value}
          onChange={(event) => {
            deleteZone.value = event.currentTarget.checked;
          }}
        />
        Delete the hosted zone too, if it was made for this site: one that is made again has other name servers
      </label>
      {error.value && <ProblemNotice error={error.value} />}
      {plan.value ? <PlanView plan={plan.value} /> : !error.value && <p role="status">Looking at what goes …</p>}
    </ApprovedQuestion>
  );
}
