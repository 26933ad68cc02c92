import { stops } from '../../domain/plans/stops.ts';
import { shellWord } from '../../domain/shell-word.ts';
import type { SiteView } from '../../domain/sites/view.ts';
import { ApiProblem } from '../api-problem.ts';
import { approving } from '../approving.ts';
import { begin } from '../begin.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { follow } from '../follow.ts';
import { sayOutcome } from '../outcome.ts';
import { planText } from '../plan-text.ts';
import { confirm } from '../question.ts';
import { openSession, type Session, sayJson } from '../session.ts';
import { showProof } from '../show-proof.ts';
import { readSiteFile } from '../site-file.ts';
import type { OperationOptions } from './operations.ts';

/** Plans a site, asks, applies exactly that plan, shows the steps, and has the outcome proven from outside. */
export async function apply(file: string, options: OperationOptions): Promise<ExitCode> {
  const text = await readSiteFile(file, '.');
  const session = await openSession(options);
  const { api, say, next, json, target } = session;
  const plan = await api.plan(text);
  const before = await siteOf(session, plan.domain);
  say(planText(plan));
  if (stops(plan)) {
    say('\nMend what is in the way first.');
    next(`plan ${shellWord(file)}`);
    if (json) sayJson(plan);
    return EXIT.refused;
  }
  const isThere = before !== undefined && before.state !== 'undone';
  await confirm(`${isThere ? 'Change' : 'Onboard'} ${plan.domain} at ${target.where} as planned?`, options);
  const document = { ...(JSON.parse(text) as object), plan: { id: plan.id, checksum: plan.checksum } };
  await approving(session, options, (approve) => {
    const body = { ...document, ...(approve && { approve }) };
    return begin(session, plan.domain, (stop) =>
      isThere ? api.change('PUT', `/v1/sites/${plan.domain}`, body, stop) : api.change('POST', '/v1/sites', body, stop),
    );
  });
  say('');
  const site = await follow(session, plan.domain, { wait: options.wait });
  if (json) sayJson(site);
  if (site.state === 'live' && !site.reason && !json) await showProof(session, site.domain);
  return sayOutcome(session, site, 'live');
}

async function siteOf({ api }: Session, domain: string): Promise<SiteView | undefined> {
  try {
    return await api.get<SiteView>(`/v1/sites/${domain}`);
  } catch (error) {
    if (error instanceof ApiProblem && error.status === 404) return undefined;
    throw error;
  }
}
