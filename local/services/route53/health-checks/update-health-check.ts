import type { HealthCheckConfig, UpdateHealthCheckRequest, UpdateHealthCheckResponse } from '@aws-sdk/client-route-53';
import { AwsError, type Operation } from '../../../wire/service.ts';
import { violation } from '../../../wire/violation.ts';
import { invalidInput } from '../errors.ts';
import type { Route53 } from '../route53.ts';
import { findCheck } from './find.ts';
import { healthCheckArn, listedCheck, type Settings } from './health-check.ts';
import { checkReferences, readAlarm } from './references.ts';
import { checkSettings } from './settings.ts';

const RESETTABLE = ['FullyQualifiedDomainName', 'Regions', 'ResourcePath', 'ChildHealthChecks'];

export function updateHealthCheck(route53: Route53): Operation<UpdateHealthCheckRequest, UpdateHealthCheckResponse> {
  return {
    resources: ({ HealthCheckId: id }) => [healthCheckArn(id)],
    run({ HealthCheckId: id, HealthCheckVersion: version, ResetElements: reset = [], ...changes }) {
      const check = findCheck(route53, id);
      if (version !== undefined && version !== check.version) {
        const message =
          "The value of HealthCheckVersion in the request doesn't match the value of HealthCheckVersion in the health check.";
        throw new AwsError('HealthCheckVersionMismatch', message, { status: 409 });
      }
      const settings = merged(check.settings, changes, reset);
      checkSettings(settings);
      checkReferences(route53, settings);
      if (settings.AlarmIdentifier) check.alarm = readAlarm(route53, settings);
      route53.healthChecks.update(check, settings);
      return { HealthCheck: listedCheck(check) };
    },
  };
}

/** Members that are given replace the former ones, after the reset ones are removed; all others are kept. */
function merged(before: Settings, changes: Partial<HealthCheckConfig>, reset: string[]): Settings {
  for (const name of reset) {
    if (RESETTABLE.includes(name)) continue;
    const constraint = `Member must satisfy enum value set: [${RESETTABLE.join(', ')}]`;
    throw violation(name, { member: 'resetElements', constraint, code: 'InvalidInput' });
  }
  // Source: Route 53 API Reference, "UpdateHealthCheck", IPAddress; checked 2026-11-30.
  if (changes.IPAddress !== undefined && (changes.IPAddress === '') !== (before.IPAddress === undefined)) {
    throw invalidInput('An IP address cannot be added to or removed from an existing health check.');
  }
  const kept = Object.entries(before).filter(([name]) => !reset.includes(name));
  const given = Object.entries(changes).filter(([, value]) => value !== undefined);
  const settings = Object.fromEntries([...kept, ...given].filter(([, value]) => value !== '')) as Partial<Settings>;
  const children = before.Type === 'CALCULATED' && { ChildHealthChecks: settings.ChildHealthChecks ?? [] };
  return { ...settings, ...children, Type: before.Type };
}
