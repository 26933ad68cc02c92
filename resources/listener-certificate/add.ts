import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { client } from '../../aws/clients.ts';
import { addFurtherCertificate } from '../../aws/load-balancers/listener-certificates.ts';
import { secureListenerOf } from '../../domain/load-balancers/existing-balancer.ts';
import { notYetReturned } from '../listener/not-yet-returned.ts';
import type { Applying } from '../resource.ts';
import { certificateOf, type DesiredEntry, type SeenEntries, TYPE } from './changes.ts';
import { entryId, entryOf } from './entry.ts';

/** Has the listener on port 443 of the load balancer serve the certificate by SNI. An entry that was there before is not ours. */
export const addListenerCertificate: Applying<DesiredEntry, SeenEntries> = {
  standing(_, { balancer }, scope) {
    const listener = balancer && secureListenerOf(balancer);
    if (!listener) return [];
    const id = entryId({ listenerArn: listener.arn, certificateArn: certificateOf(scope) });
    // What was ours stays ours in the ledger.
    return [{ type: TYPE, id, ours: false }];
  },

  async apply({ resource: { id = '' } }, actual, { keep }) {
    const entry = entryOf(id);
    const { balancer } = actual;
    if (!entry || !balancer) throw new Error(`Cannot add the certificate "${id}": its load balancer was not read`);
    const { listenerArn, certificateArn } = entry;
    // Before the call: an entry whose answer is lost is ours all the same.
    await keep({ type: TYPE, id, ours: true });
    await addFurtherCertificate(client(ElasticLoadBalancingV2Client), entry);
    const listeners = balancer.listeners.map((each) =>
      each.arn === listenerArn ? { ...each, further: [...each.further, certificateArn] } : each,
    );
    const message = `Port 443 of ${balancer.dnsName} serves ${certificateArn} by SNI too`;
    return { actual: { ...actual, balancer: { ...balancer, listeners } }, message };
  },

  explain: notYetReturned,
};
