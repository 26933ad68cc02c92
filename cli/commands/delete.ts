import type { LeavingPlanView } from '../../domain/plans/leaving-view.ts';
import { stops } from '../../domain/plans/stops.ts';
import { approving } from '../approving.ts';
import { begin } from '../begin.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { planText } from '../plan-text.ts';
import { confirm } from '../question.ts';
import { openSession, sayJson } from '../session.ts';
import { type OperationOptions, watched } from './operations.ts';

interface DeleteOptions extends OperationOptions {
  plan?: boolean;
  deleteZone?: boolean;
  keep?: string[];
}

/** Removes a site and what was made for it, once a person has seen in which order, and what stays. */
export async function deleteSite(
  domain: string,
  { plan: only = false, deleteZone, keep, ...options }: DeleteOptions,
): Promise<ExitCode> {
  const session = await openSession(options);
  const path = `/v1/sites/${encodeURIComponent(domain)}`;
  const body = { ...(deleteZone && { deleteZone }), ...(keep && { keep }) };
  const plan = await session.api.change<LeavingPlanView>('DELETE', `${path}?plan=true`, body);
  const isStopped = stops(plan);
  if (session.json && (only || isStopped)) sayJson(plan);
  session.say(planText(plan));
  if (isStopped) {
    session.say('\nMend what is in the way first.');
    session.next(`show ${domain}`);
    return EXIT.refused;
  }
  if (only) {
    session.next(`delete ${domain}`);
    return EXIT.done;
  }
  await confirm(`Remove ${plan.domain} as planned?`, options);
  const approve = options.approve ?? (options.yes ? undefined : plan.approval?.checksum);
  await approving(session, { ...options, ...(approve && { approve }) }, (approved) =>
    begin(session, plan.domain, (stop) =>
      session.api.change('DELETE', path, { ...body, ...(approved && { approve: approved }) }, stop),
    ),
  );
  return watched(session, plan.domain, { wait: options.wait, wanted: 'undone' });
}
