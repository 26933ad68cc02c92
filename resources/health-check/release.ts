import { Route53Client } from '@aws-sdk/client-route-53';
import { client } from '../../aws/clients.ts';
import { deleteHealthCheck } from '../../aws/health-checks/delete-health-check.ts';
import { untagHealthCheck } from '../../aws/health-checks/health-check-tags.ts';
import type { HealthCheckSettings } from '../../domain/failover/health-check.ts';
import { isOwnedBy, ownerTags } from '../../domain/ownership.ts';
import type { Applying } from '../resource.ts';
import type { SeenChecks } from './changes.ts';
import { standingChecks } from './standing.ts';

/** Deletes the health checks that no document needs any more, once no record follows them at any name server (failures R22). */
export const releaseHealthCheck: Applying<HealthCheckSettings, SeenChecks> = {
  standing: standingChecks,

  async unmark({ resource: { id } }, { own }, { scope: { owner } }) {
    const check = own.find((each) => each.id === id);
    if (!check || !isOwnedBy(owner, check.tags)) return;
    await untagHealthCheck(client(Route53Client), { id: check.id, keys: Object.keys(ownerTags(owner)) });
  },

  async apply({ resource: { id = '' } }, actual) {
    await deleteHealthCheck(client(Route53Client), id);
    return {
      actual: { ...actual, own: actual.own.filter((each) => each.id !== id) },
      message: `Deleted the health check ${id}`,
    };
  },
};
