import type { HealthCheckConfig, HealthCheck as Told } from '@aws-sdk/client-route-53';

/** A health check as Route 53 tells it. */
export interface HealthCheck {
  id: string;
  callerReference: string;
  /** Moves with every update. */
  version: number;
  config: HealthCheckConfig;
}

export function healthCheck({
  Id = '',
  CallerReference = '',
  HealthCheckVersion = 1,
  HealthCheckConfig,
}: Told): HealthCheck {
  if (!HealthCheckConfig) throw new Error(`Cannot read the health check "${Id}": the answer has no settings`);
  return { id: Id, callerReference: CallerReference, version: HealthCheckVersion, config: HealthCheckConfig };
}
