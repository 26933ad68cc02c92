import { Route53Client } from '@aws-sdk/client-route-53';
import { client } from '../../aws/clients.ts';
import { deleteHealthCheck } from '../../aws/health-checks/delete-health-check.ts';
import type { HealthCheckSettings } from '../../domain/failover/health-check.ts';
import type { Applying } from '../resource.ts';
import type { SeenChecks } from './changes.ts';
import { standingChecks } from './standing.ts';

/** Deletes the health checks that no document needs any more, once no record follows them at any name server (failures R22). */
export const releaseHealthCheck: Applying<HealthCheckSettings, SeenChecks> = {
  standing: standingChecks,

  async apply({ resource: { id = '' } }, actual) {
    await deleteHealthCheck(client(Route53Client), id);
    return {
      actual: { ...actual, own: actual.own.filter((each) => each.id !== id) },
      message: `Deleted the health check ${id}`,
    };
  },
};
