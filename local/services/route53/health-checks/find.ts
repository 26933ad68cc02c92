import { AwsError } from '../../../wire/service.ts';
import type { Route53 } from '../route53.ts';
import type { HealthCheck } from './health-check.ts';

export const noSuchHealthCheck = (id: string | undefined): AwsError =>
  new AwsError('NoSuchHealthCheck', `A health check with id ${id ?? ''} does not exist.`, { status: 404 });

/** The check with an id. Throws NoSuchHealthCheck. */
export function findCheck({ healthChecks }: Route53, id: string | undefined): HealthCheck {
  const check = healthChecks.byId.get(id ?? '');
  if (!check) throw noSuchHealthCheck(id);
  return check;
}
