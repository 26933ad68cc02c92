import type { CreateHealthCheckRequest, CreateHealthCheckResponse } from '@aws-sdk/client-route-53';
import { AwsError, type Operation } from '../../../wire/service.ts';
import { violation } from '../../../wire/violation.ts';
import { invalidInput } from '../errors.ts';
import { MAX_HEALTH_CHECKS } from '../quotas.ts';
import type { Route53 } from '../route53.ts';
import { type HealthCheck, listedCheck, type Settings } from './health-check.ts';
import { checkReferences, readAlarm } from './references.ts';
import { checkSettings, withDefaults } from './settings.ts';

const MAX_REFERENCE_LENGTH = 64;

export function createHealthCheck(route53: Route53): Operation<CreateHealthCheckRequest, CreateHealthCheckResponse> {
  return {
    run({ CallerReference: reference = '', HealthCheckConfig: config }) {
      if (!config) throw invalidInput('Invalid request: Expected a HealthCheckConfig');
      refuseReference(reference);
      checkSettings(config);
      const settings = withDefaults(config);
      const there = known(route53, reference, settings);
      if (there) return created(there);
      if (route53.healthChecks.byId.size >= MAX_HEALTH_CHECKS) throw tooManyHealthChecks();
      checkReferences(route53, settings);
      const check = newCheck(route53, reference, settings);
      route53.healthChecks.add(check);
      return created(check);
    },
  };
}

const created = (check: HealthCheck): CreateHealthCheckResponse => ({
  HealthCheck: listedCheck(check),
  Location: `https://route53.amazonaws.com/2013-04-01/healthcheck/${check.id}`,
});

function refuseReference(reference: string): void {
  if (reference.length >= 1 && reference.length <= MAX_REFERENCE_LENGTH) return;
  const bound = reference === '' ? 'greater than or equal to 1' : `less than or equal to ${MAX_REFERENCE_LENGTH}`;
  const constraint = `Member must have length ${bound}`;
  throw violation(reference, { member: 'callerReference', constraint, code: 'InvalidInput' });
}

/**
 * The check that the reference has made before, if the settings are the same. A reference that a deleted check had is refused, too.
 * Source: Route 53 API Reference, "CreateHealthCheck"; the words: github.com/hashicorp/terraform issue 8679; checked 2026-11-30.
 */
function known({ healthChecks }: Route53, reference: string, settings: Settings): HealthCheck | undefined {
  const there = [...healthChecks.byId.values()].find(({ callerReference }) => callerReference === reference);
  if (there && fingerprint(there.settings) === fingerprint(settings)) return there;
  if (!there && !healthChecks.formerReferences.has(reference)) return undefined;
  const message = 'A different health check has already been created with the specified caller reference.';
  throw new AwsError('HealthCheckAlreadyExists', message, { status: 409 });
}

const fingerprint = (settings: Settings): string =>
  JSON.stringify(Object.entries(settings).sort(([a], [b]) => (a < b ? -1 : 1)));

const tooManyHealthChecks = (): AwsError =>
  new AwsError(
    'TooManyHealthChecks',
    `Limits Exceeded: MAX_HEALTH_CHECKS_BY_OWNER - Cannot create more health checks.`,
    {
      status: 400,
    },
  );

function newCheck(route53: Route53, callerReference: string, settings: Settings): HealthCheck {
  const healthy = settings.Disabled === true || settings.Inverted !== true;
  return {
    id: idOf(route53),
    callerReference,
    version: 1,
    settings,
    applied: settings,
    alarm: readAlarm(route53, settings),
    checkers: [],
    metricHealthy: undefined,
    decided: healthy,
    healthy,
    generation: 0,
    unwatch: undefined,
  };
}

/** A UUID of version 4, drawn. */
function idOf({ host }: Route53): string {
  const hex = host.draws.hex('route53:health-check', 32);
  const variant = '89ab'[Number.parseInt(hex[16] ?? '0', 16) % 4];
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20)}`;
}
