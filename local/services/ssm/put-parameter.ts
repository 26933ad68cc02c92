import type { PutParameterRequest, PutParameterResult } from '@aws-sdk/client-ssm';
import type { Host } from '../../host.ts';
import { AwsError, type Operation } from '../../wire/service.ts';
import { violation } from '../../wire/violation.ts';
import { invalid, newName, onNames } from './parameter-name.ts';
import { addVersion, type ParameterStore, type StoredParameter } from './parameter-store.ts';
import { readTags, tagConditions } from './tags.ts';

/** Source: Systems Manager quotas, "Maximum size for a standard parameter value", checked 2026-11-22. */
const MOST_BYTES = 4_096;

const TIERS = ['Standard', 'Advanced', 'Intelligent-Tiering'];

/** PutParameter: makes a parameter, or sets one anew when the request says so. */
export const putParameter = (
  host: Host,
  store: ParameterStore,
): Operation<PutParameterRequest, PutParameterResult> => ({
  resources: ({ Name }, call) => onNames([Name], call),
  conditions: ({ Tags }) => tagConditions(Tags),
  run(input, { region, principal }) {
    refuseWhatIsNotHere(input);
    const name = newName(input.Name);
    const value = checkedValue(input);
    const standing = store.of(region).get(name);
    if (standing && !input.Overwrite) {
      const message =
        'The parameter already exists. To overwrite this value, set the overwrite option in the request to true.';
      throw new AwsError('ParameterAlreadyExists', message);
    }
    if (input.Overwrite && input.Tags) {
      throw invalid("Invalid request: tags and overwrite can't be used together.");
    }
    const type = typeOf(input, standing);
    const parameter = standing ?? { name, type, versions: [], tags: readTags(input.Tags) };
    store.of(region).set(name, parameter);
    const version = addVersion(parameter, {
      value,
      description: input.Description,
      allowedPattern: input.AllowedPattern,
      modifiedAt: host.clock.now().getTime(),
      modifiedBy: principal.arn,
    });
    return { Version: version, Tier: 'Standard' };
  },
});

function refuseWhatIsNotHere({ Type, Tier = 'Standard', Policies, DataType = 'text' }: PutParameterRequest): void {
  const notHere = (what: string): AwsError =>
    new AwsError('NotImplemented', `${what} not part of the local AWS`, { status: 501 });
  if (!TIERS.includes(Tier)) {
    const constraint = `Member must satisfy enum value set: [${TIERS.join(', ')}]`;
    throw violation(Tier, { member: 'tier', constraint, code: 'ValidationException' });
  }
  if (Type === 'SecureString') throw notHere('Parameters of the type SecureString are');
  if (Tier === 'Advanced' || Policies) throw notHere('Advanced parameters and their policies are');
  if (DataType !== 'text') throw notHere(`The data type ${DataType} is`);
}

function checkedValue({ Value = '', AllowedPattern }: PutParameterRequest): string {
  if (Value === '') {
    throw invalid(
      "1 validation error detected: Value '' at 'value' failed to satisfy constraint: Member must have length greater than or equal to 1",
    );
  }
  if (/\{\{.*\}\}/s.test(Value)) {
    throw invalid('Parameter value can\'t nest another parameter. Do not use "{{}}" in the value.');
  }
  if (Buffer.byteLength(Value) > MOST_BYTES) {
    throw invalid(
      `Standard tier parameters support a maximum parameter value of ${MOST_BYTES} characters. To create a larger parameter value, upgrade the parameter to use the advanced-parameter tier.`,
    );
  }
  if (AllowedPattern && !patternOf(AllowedPattern).test(Value)) {
    const message = `Parameter value, cannot be validated against allowedPattern: ${AllowedPattern}`;
    throw new AwsError('ParameterPatternMismatchException', message);
  }
  return Value;
}

function patternOf(pattern: string): RegExp {
  try {
    return new RegExp(pattern);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new AwsError(
      'InvalidAllowedPatternException',
      'The request does not meet the regular expression requirement.',
    );
  }
}

function typeOf({ Type }: PutParameterRequest, standing: StoredParameter | undefined): StoredParameter['type'] {
  const type = Type ?? standing?.type;
  if (type === undefined) throw invalid('A parameter type is required when you create a parameter.');
  if (type !== 'String' && type !== 'StringList') {
    throw new AwsError('UnsupportedParameterType', `The parameter type ${type} is not supported.`);
  }
  if (standing && type !== standing.type) {
    const message = "Parameter Store doesn't support changing a parameter type in a hierarchy.";
    throw new AwsError('HierarchyTypeMismatchException', message);
  }
  return type;
}
