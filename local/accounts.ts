import { AwsError, type Call, type Principal, type Service } from './wire/service.ts';

/** The account that a caller belongs to; AWS's own services work for `home`. */
export function accountOf({ arn, service }: Principal, home: string): string {
  const account = arn.split(':')[4] ?? '';
  return service === undefined && /^\d{12}$/.test(account) ? account : home;
}

/** The account that an ARN names; undefined for one that names none. */
export const accountIn = (arn: string): string | undefined => arn.split(':')[4] || undefined;

/**
 * A service as callers of several accounts meet it: each reaches its own account's state. `states` has the service of each
 * account that has one.
 */
export function eachAccount(states: Readonly<Record<string, Service>>, service: Service): Service {
  const own = (name: string, { account }: Call): Service['operations'][string] => {
    const operation = states[account]?.operations[name];
    if (operation) return operation;
    const message = `"${name}" of ${service.name} is not part of the local AWS in the account ${account}`;
    throw new AwsError('NotImplemented', message, { status: 501 });
  };
  const operations = Object.entries(service.operations).map(([name, operation]) => [
    name,
    {
      ...operation,
      run: (input: never, call: Call) => own(name, call).run(input, call),
      resources: (input: never, call: Call) => own(name, call).resources?.(input, call) ?? ['*'],
    },
  ]);
  return { ...service, operations: Object.fromEntries(operations) };
}
