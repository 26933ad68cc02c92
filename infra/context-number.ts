import type { Construct } from 'constructs';

/**
 * A number that is given at deployment, as in `npm run deploy -- -c tenantOperations=50`: 1 to `most`.
 *
 * @throws {Error} for anything else
 */
export function contextNumber(
  scope: Construct,
  key: string,
  { byDefault, most = Number.MAX_SAFE_INTEGER }: { byDefault: number; most?: number },
): number {
  const given: unknown = scope.node.tryGetContext(key);
  if (given === undefined) return byDefault;
  const number = Number(given);
  if (Number.isInteger(number) && number >= 1 && number <= most) return number;
  const bounds = most === Number.MAX_SAFE_INTEGER ? '1 or more' : `from 1 to ${most}`;
  throw new Error(`Cannot deploy with "${key}" as ${JSON.stringify(given)}: give a whole number, ${bounds}`);
}
