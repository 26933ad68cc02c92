import { needsResource } from '../edges/edge.ts';
import { HEALTH_CHECK, isHealthyStatus } from '../load-balancers/target-group.ts';
import { originOf } from '../origins/origin.ts';
import { judgePage, type Page } from '../probes/page.ts';
import type { Site } from '../sites/site.ts';
import type { PreflightFinding } from './finding.ts';

/** What the web server of an instance, or of a server over plain HTTP, gave, or why there was no answer to look at. */
export type InstanceAnswer = { page: Page } | { failure: string; message: string };

/**
 * Whether the web server is there. An instance may be starting, so nothing here is an error; and its security group may
 * keep this look out and let the load balancer in, so silence is a verdict only where viewers come to itself.
 */
export function instanceFinding(answer: InstanceAnswer, site: Site): PreflightFinding {
  const { kind, label, port, healthPath } = originOf(site);
  const where = `port ${port} of ${label}`;
  const isTarget = needsResource(site, 'target');
  if ('page' in answer) {
    const problem = isTarget
      ? unhealthy(answer.page, healthPath)
      : judgePage(answer.page, { url: healthPath })?.message;
    if (problem === undefined)
      return { severity: 'info', check: 'originAnswers', message: `An answer comes from ${where}` };
    const message = `The web server on ${where} isn't well: ${problem}. Mend that, or declare another healthPath`;
    return { severity: 'warning', check: 'originAnswersWrongly', message };
  }
  if (answer.failure === 'ECONNREFUSED') {
    const message = `Nothing listens on ${where}: start its web server there, or declare the port it listens on`;
    return { severity: 'warning', check: 'originDoesNotListen', message };
  }
  if (!isTarget && answer.failure === 'ETIMEDOUT') {
    const message = `No answer comes from ${where}, where viewers will come: let port ${port} in by ${kind === 'instance' ? 'its security group' : 'its firewall'}, and see that its web server runs`;
    return { severity: 'warning', check: 'originSilent', message };
  }
  const message = `Cannot see from here whether ${where} answers: ${answer.message}. The site finds out before traffic moves`;
  return { severity: 'info', check: 'originNotProbed', message };
}

/** What the load balancer's health check would make of it. */
function unhealthy({ status }: Page, path: string): string | undefined {
  if (isHealthyStatus(status)) return undefined;
  const [from, to] = HEALTH_CHECK.matcher.split('-');
  return `"${path}" answers ${status}, and a load balancer takes ${from} to ${to} for healthy`;
}
