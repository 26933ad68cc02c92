import { DeploymentError } from './deployment-error.ts';
import { type Lookup, noValue, resolve } from './intrinsics.ts';
import type { Made } from './provider.ts';
import type { Template, TemplateParameter } from './template.ts';

export interface StackIdentity {
  name: string;
  id: string;
  region: string;
  account: string;
}

/** Answers what a stack's template refers to, from its parameters and from what has been made so far. */
export function createLookup(
  template: Template,
  {
    stack,
    parameters,
    exports,
    made,
  }: {
    stack: StackIdentity;
    parameters: Record<string, string>;
    exports: ReadonlyMap<string, unknown>;
    made: ReadonlyMap<string, Made>;
  },
): Lookup {
  const pseudo: Record<string, unknown> = {
    'AWS::AccountId': stack.account,
    'AWS::NoValue': noValue,
    'AWS::NotificationARNs': [],
    'AWS::Partition': 'aws',
    'AWS::Region': stack.region,
    'AWS::StackId': stack.id,
    'AWS::StackName': stack.name,
    'AWS::URLSuffix': 'amazonaws.com',
  };
  const resource = (logicalId: string): Made => {
    const found = made.get(logicalId);
    if (found) return found;
    throw new DeploymentError(
      template.Resources[logicalId]
        ? `it refers to "${logicalId}", which was not made because its condition is false`
        : `it refers to "${logicalId}", which the template does not have`,
    );
  };
  const lookup: Lookup = {
    ref(name) {
      if (name in pseudo) return pseudo[name];
      const parameter = template.Parameters?.[name];
      return parameter ? parameterValue(name, parameter, parameters) : resource(name).ref;
    },
    attribute(logicalId, name) {
      const { attributes = {} } = resource(logicalId);
      if (attributes[name] !== undefined) return attributes[name];
      const known = Object.keys(attributes).join(', ') || 'none';
      throw new DeploymentError(`it refers to the attribute "${name}" of "${logicalId}", which has ${known}`);
    },
    condition(name) {
      const condition = template.Conditions?.[name];
      if (condition === undefined)
        throw new DeploymentError(`it refers to the condition "${name}", which the template does not have`);
      return resolve(condition, lookup) === true;
    },
    mapping(map, first, second) {
      const value = template.Mappings?.[map]?.[first]?.[second];
      if (value !== undefined) return value;
      throw new DeploymentError(`Fn::FindInMap finds nothing under "${map}", "${first}", "${second}"`);
    },
    exported(name) {
      if (exports.has(name)) return exports.get(name);
      throw new DeploymentError(`it imports "${name}", which no stack deployed before exports`);
    },
    zones: (region) => ['a', 'b', 'c'].map((letter) => region + letter),
  };
  return lookup;
}

function parameterValue(
  name: string,
  { Type, Default, AllowedValues }: TemplateParameter,
  given: Record<string, string>,
): unknown {
  const value = given[name] ?? (Type.startsWith('AWS::SSM::') ? undefined : Default);
  if (value === undefined)
    throw new DeploymentError(`it refers to the parameter "${name}" of type ${Type}, which was given no value`);
  if (AllowedValues && !AllowedValues.includes(value))
    throw new DeploymentError(
      `the parameter "${name}" is ${JSON.stringify(value)}, which is not among its allowed values`,
    );
  if (/^(CommaDelimitedList|List<.*>)$/.test(Type))
    return String(value)
      .split(',')
      .map((item) => item.trim());
  return Type === 'Number' ? Number(value) : value;
}
