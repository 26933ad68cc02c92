import { readChange } from '../../../aws/records/read-change.ts';
import { route53Of } from '../../../aws/zones/route53-of.ts';
import { outputOf } from '../../../domain/ledger/outputs.ts';
import { isExternal } from '../../../domain/sites/dns.ts';
import type { Gate } from '../../gate.ts';
import { enteredIn } from '../../manual-record/entered.ts';
import { recordOf, siteOf } from '../../scope.ts';
import { judgeRemoval, type RemovalSight } from './judge.ts';

/** Opens when no name server answers with the traffic records any more. */
export const recordsRemoved: Gate<'AwaitRemoval', RemovalSight> = {
  name: 'AwaitRemoval',
  inDnsAccount: true,
  async look({ clients, environment }, scope) {
    const site = siteOf(scope);
    const record = recordOf(scope);
    if (isExternal(site)) return { entered: enteredIn(record) };
    const route53 = route53Of(site, environment, clients);
    const { changes } = outputOf(record, 'RemoveRecords');
    return { changes: await Promise.all(changes.map(({ changeId }) => readChange(route53, changeId))) };
  },
  judge: judgeRemoval,
};
