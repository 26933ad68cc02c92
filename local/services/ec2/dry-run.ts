import { AwsError, type Operation } from '../../wire/service.ts';

type Operations = Record<string, Operation<never, unknown>>;

/** The operations as EC2 has them: with `DryRun` each only says that the caller may do it. */
export function rehearsable(operations: Operations): Operations {
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
          return operation.run(input, call);
        },
      } satisfies Operation,
    ]),
  );
}
