import { AwsError, type Call } from '../../wire/service.ts';
import type { LambdaFunction } from './function.ts';

/** "arn:aws:lambda:us-east-1:123456789012:function:name" */
export const functionArn = (region: string, account: string, name: string): string =>
  `arn:aws:lambda:${region}:${account}:function:${name}`;

/**
 * Reads what operations take for a function: a name, a name with a qualifier, a partial ARN
 * ("123456789012:function:name") or an ARN, each with or without a qualifier.
 */
export function parseFunctionName(given: string): {
  name: string;
  qualifier: string | undefined;
  region: string | undefined;
  account: string | undefined;
} {
  const match =
    /^(?:(?:arn:aws:lambda:([a-z0-9-]+):)?(\d{12}):function:)?([A-Za-z0-9_-]+)(?::(\$LATEST|[\w-]+))?$/.exec(given);
  if (!match?.[3])
    throw new AwsError(
      'ValidationException',
      `1 validation error detected: Value '${given}' at 'functionName' failed to satisfy constraint: Member must ` +
        'satisfy regular expression pattern: (arn:(aws[a-zA-Z-]*)?:lambda:)?([a-z]{2}(-gov)?-[a-z]+-\\d{1}:)?' +
        '(\\d{12}:)?(function:)?([a-zA-Z0-9-_]+)(:(\\$LATEST|[a-zA-Z0-9-_]+))?',
      { status: 400 },
    );
  return { name: match[3], qualifier: match[4], region: match[1], account: match[2] };
}

/** The ARN that a caller's policy must allow. */
export const onFunction = (
  { FunctionName }: { FunctionName?: string | undefined },
  { region, account }: Call,
): string[] => [functionArn(region, account, parseFunctionName(FunctionName ?? '').name)];

/** The functions of the account, by region and name. */
export class Functions {
  readonly #functions = new Map<string, LambdaFunction>();

  /** Throws ResourceNotFoundException, also for any qualifier but "$LATEST": nothing is ever published here. */
  find(given: string | undefined, { region, account }: Call, qualifier?: string | undefined): LambdaFunction {
    const parsed = parseFunctionName(given ?? '');
    checkPlace(parsed, { given: given ?? '', region, account });
    const wanted = qualifier ?? parsed.qualifier;
    const found = this.#functions.get(`${region} ${parsed.name}`);
    const arn = functionArn(region, account, parsed.name);
    if (!found || (wanted !== undefined && wanted !== '$LATEST'))
      throw new AwsError('ResourceNotFoundException', `Function not found: ${arn}${wanted ? `:${wanted}` : ''}`, {
        Type: 'User',
      });
    return found;
  }

  has(region: string, name: string): boolean {
    return this.#functions.has(`${region} ${name}`);
  }

  set(lambda: LambdaFunction): void {
    this.#functions.set(`${lambda.region} ${lambda.name}`, lambda);
  }

  delete({ region, name }: LambdaFunction): void {
    this.#functions.delete(`${region} ${name}`);
  }

  /** Every function of a region, by name. */
  all(region: string): LambdaFunction[] {
    return [...this.#functions.values()]
      .filter((lambda) => lambda.region === region)
      .sort((a, b) => (a.name < b.name ? -1 : 1));
  }
}

/** Functions of another Region or account are not found by their ARN in this one. */
function checkPlace(
  parsed: ReturnType<typeof parseFunctionName>,
  { given, region, account }: { given: string; region: string; account: string },
): void {
  if (parsed.region !== undefined && parsed.region !== region) {
    const message = `Functions from '${parsed.region}' are not reachable in this region ('${region}')`;
    throw new AwsError('ResourceNotFoundException', message, { Type: 'User' });
  }
  if (parsed.account === undefined || parsed.account === account) return;
  const message = `The resource-based policy of ${given} does not allow this account to use the function`;
  throw new AwsError('AccessDeniedException', message, { status: 403 });
}
