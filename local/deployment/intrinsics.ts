import { DeploymentError } from './deployment-error.ts';
import { attributeOf, placeholder } from './references.ts';

/** What stands behind the names that a template uses. Each throws DeploymentError for a name that is unknown. */
export interface Lookup {
  /** Ref of a parameter, a pseudo parameter or a resource. */
  ref(name: string): unknown;
  attribute(logicalId: string, name: string): unknown;
  condition(name: string): boolean;
  mapping(map: string, first: string, second: string): unknown;
  /** Fn::ImportValue of another stack's export. */
  exported(name: string): unknown;
  zones(region: string): string[];
}

/** What `{ "Ref": "AWS::NoValue" }` stands for: the property is left out. */
export const noValue = Symbol('AWS::NoValue');

/** Resolves every intrinsic function in a value. */
export function resolve(value: unknown, lookup: Lookup): unknown {
  if (typeof value === 'string') return withoutDynamicReference(value);
  if (Array.isArray(value)) return value.map((item) => resolve(item, lookup)).filter((item) => item !== noValue);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value);
  const [only] = entries;
  if (only && entries.length === 1) {
    const [name, argument] = only;
    if (name === 'Ref') return lookup.ref(String(argument));
    if (name === 'Condition' && typeof argument === 'string') return lookup.condition(argument);
    if (name.startsWith('Fn::')) return apply(name, argument, lookup);
  }
  const resolved = entries.map(([key, item]) => [key, resolve(item, lookup)] as const);
  return Object.fromEntries(resolved.filter(([, item]) => item !== noValue));
}

type Intrinsic = (argument: unknown, lookup: Lookup) => unknown;

const intrinsics: Record<string, Intrinsic> = {
  'Fn::GetAtt': (argument, lookup) => lookup.attribute(...attributeOf(argument)),
  'Fn::Sub': substitute,
  'Fn::Join': (argument, lookup) => {
    const [delimiter, items] = list(argument, lookup, 'Fn::Join');
    return asList(items, 'Fn::Join').map(asText('Fn::Join')).join(String(delimiter));
  },
  'Fn::Select': (argument, lookup) => {
    const [index, items] = list(argument, lookup, 'Fn::Select');
    const found = asList(items, 'Fn::Select')[Number(index)];
    if (found === undefined) throw new DeploymentError(`Fn::Select finds no item ${index}`);
    return found;
  },
  'Fn::Split': (argument, lookup) => {
    const [delimiter, text] = list(argument, lookup, 'Fn::Split');
    return asText('Fn::Split')(text).split(String(delimiter));
  },
  'Fn::If': (argument, lookup) => {
    const [condition, yes, no] = argument as [string, unknown, unknown];
    // Only the branch that counts is resolved: the other may refer to what was not made.
    return resolve(lookup.condition(condition) ? yes : no, lookup);
  },
  'Fn::Equals': (argument, lookup) => {
    const [left, right] = list(argument, lookup, 'Fn::Equals');
    return String(left) === String(right);
  },
  'Fn::Not': (argument, lookup) => !list(argument, lookup, 'Fn::Not')[0],
  'Fn::And': (argument, lookup) => list(argument, lookup, 'Fn::And').every(Boolean),
  'Fn::Or': (argument, lookup) => list(argument, lookup, 'Fn::Or').some(Boolean),
  'Fn::FindInMap': (argument, lookup) => {
    const [map, first, second] = list(argument, lookup, 'Fn::FindInMap').map(String);
    return lookup.mapping(map ?? '', first ?? '', second ?? '');
  },
  'Fn::ImportValue': (argument, lookup) => lookup.exported(String(resolve(argument, lookup))),
  'Fn::Base64': (argument, lookup) => Buffer.from(asText('Fn::Base64')(resolve(argument, lookup))).toString('base64'),
  'Fn::GetAZs': (argument, lookup) =>
    lookup.zones(String(resolve(argument, lookup)) || String(lookup.ref('AWS::Region'))),
};

function apply(name: string, argument: unknown, lookup: Lookup): unknown {
  const intrinsic = intrinsics[name];
  if (!intrinsic) throw new DeploymentError(`${name} is not part of the local AWS`);
  return intrinsic(argument, lookup);
}

function substitute(argument: unknown, lookup: Lookup): string {
  const [text, own] = (Array.isArray(argument) ? argument : [argument, {}]) as [string, Record<string, unknown>];
  return text
    .replace(placeholder, (_, name: string) => {
      const [logicalId = '', ...attribute] = name.split('.');
      if (name in own) return asText('Fn::Sub')(resolve(own[name], lookup));
      const value = attribute.length > 0 ? lookup.attribute(logicalId, attribute.join('.')) : lookup.ref(name);
      return asText('Fn::Sub')(value);
    })
    .replaceAll('${!', '${');
}

const list = (argument: unknown, lookup: Lookup, name: string): unknown[] => asList(resolve(argument, lookup), name);

function asList(value: unknown, name: string): unknown[] {
  if (Array.isArray(value)) return value;
  throw new DeploymentError(`${name} needs a list, not ${JSON.stringify(value)}`);
}

const asText =
  (name: string) =>
  (value: unknown): string => {
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return String(value);
    throw new DeploymentError(`${name} needs a text, not ${JSON.stringify(value) ?? String(value)}`);
  };

function withoutDynamicReference(text: string): string {
  const found = /\{\{resolve:[^}]*\}\}/.exec(text);
  if (found) throw new DeploymentError(`the dynamic reference "${found[0]}" is not part of the local AWS`);
  return text;
}
