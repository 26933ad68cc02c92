import { AwsError, type Operation } from '../../wire/service.ts';
import type { Ec2 } from './ec2.ts';

type Operations = Record<string, Operation<never, unknown>>;

/**
 * The operations as EC2 has them: with `DryRun` each only says that the caller may do it. Who waits for changes hears of
 * every other call that isn't a look.
 */
export function rehearsable(ec2: Ec2, operations: Operations): Operations {
  return Object.fromEntries(
    Object.entries(operations).map(([name, operation]) => [
      name,
      {
        ...operation,
        run(input: never, call) {
          if ((input as { DryRun?: boolean }).DryRun) {
            throw new AwsError('DryRunOperation', 'Request would have succeeded, but DryRun flag is set.', {
              status: 412,
            });
          }
          const output = operation.run(input, call);
          if (!name.startsWith('Describe')) ec2.mayHaveChanged();
          return output;
        },
      } satisfies Operation,
    ]),
  );
}
