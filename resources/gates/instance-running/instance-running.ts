import { EC2Client } from '@aws-sdk/client-ec2';
import { describeInstance } from '../../../aws/servers/describe-instance.ts';
import { outputOf } from '../../../domain/ledger/outputs.ts';
import type { Gate } from '../../gate.ts';
import { recordOf } from '../../scope.ts';
import { type InstanceSight, judgeInstance } from './judge.ts';

/** Opens when the instance that was created runs: only then can it be a target, and have an Elastic IP. */
export const instanceRunning: Gate<'AwaitInstance', InstanceSight> = {
  name: 'AwaitInstance',
  async look({ clients }, scope) {
    const { instanceId: id } = outputOf(recordOf(scope), 'CreateInstance');
    return { id, state: (await describeInstance(clients(EC2Client), id))?.state };
  },
  judge: judgeInstance,
};
