import * as z from 'zod/mini';
import { problemView } from '../sites/view.ts';
import { planView } from './view.ts';

/** `DELETE /v1/sites/{domain}?plan=true`. */
export const leavingPlanView = z.extend(
  z.pick(planView, { domain: true, changes: true, findings: true, waits: true }),
  {
    approval: problemView.shape.approval,
  },
);

export type LeavingPlanView = z.output<typeof leavingPlanView>;
