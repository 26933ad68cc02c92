/** Where an intrinsic function finds what it names. */
export interface Scope {
  /** A parameter, a pseudo parameter or a resource's physical id. */
  ref(name: string): unknown;
  getAtt(logicalId: string, attribute: string): unknown;
  condition(name: string): boolean;
  mapping(map: string, first: string, second: string): unknown;
}

/** Stands for AWS::NoValue: whatever it is the value of is left out. */
const absent = Symbol('AWS::NoValue');

/**
 * A template's value with every intrinsic function carried out.
 *
 * @throws {Error} for a function that isn't one of CloudFormation's, or that isn't supported
 */
export function resolve(value: unknown, scope: Scope): unknown {
  const resolved = evaluate(value, scope);
  return resolved === absent ? undefined : resolved;
}

function evaluate(value: unknown, scope: Scope): unknown {
  if (Array.isArray(value)) return value.map((item) => evaluate(item, scope)).filter((item) => item !== absent);
  if (typeof value !== 'object' || value === null) return value;
  const [name, argument] = Object.entries(value)[0] ?? [];
  if (name !== undefined && Object.keys(value).length === 1 && /^(Ref|Fn::.+|Condition)$/.test(name)) {
    if (name === 'Condition' && typeof argument !== 'string') return members(value, scope);
    return call(name, argument, scope);
  }
  return members(value, scope);
}

const members = (value: object, scope: Scope): object =>
  Object.fromEntries(
    Object.entries(value)
      .map(([key, member]) => [key, evaluate(member, scope)] as const)
      .filter(([, member]) => member !== absent),
  );

function call(name: string, argument: unknown, scope: Scope): unknown {
  const intrinsic = intrinsics[name];
  if (!intrinsic) throw new Error(`the intrinsic function "${name}" is not supported`);
  return intrinsic(argument, scope);
}

const list = (argument: unknown, scope: Scope): unknown[] => evaluate(argument, scope) as unknown[];

const intrinsics: Record<string, (argument: unknown, scope: Scope) => unknown> = {
  Ref: (name, scope) => (name === 'AWS::NoValue' ? absent : scope.ref(String(name))),
  Condition: (name, scope) => scope.condition(String(name)),
  'Fn::GetAtt': (argument, scope) => {
    const [logicalId = '', ...attribute] = Array.isArray(argument) ? argument.map(String) : String(argument).split('.');
    return scope.getAtt(logicalId, attribute.join('.'));
  },
  'Fn::Sub': (argument, scope) => {
    const [text, extra] = Array.isArray(argument) ? argument : [argument, {}];
    const values = evaluate(extra, scope) as Record<string, unknown>;
    return String(text)
      .replaceAll(/\$\{([^!}][^}]*)\}/g, (_, name: string) => {
        if (Object.hasOwn(values, name)) return String(values[name]);
        const [logicalId = '', ...attribute] = name.split('.');
        return String(attribute.length > 0 ? scope.getAtt(logicalId, attribute.join('.')) : scope.ref(name));
      })
      .replaceAll('${!', '${');
  },
  'Fn::Join': (argument, scope) => {
    const [separator, items] = list(argument, scope) as [string, unknown[]];
    return items.map(String).join(separator);
  },
  'Fn::Select': (argument, scope) => {
    const [index, items] = list(argument, scope) as [number | string, unknown[]];
    return items[Number(index)];
  },
  'Fn::Split': (argument, scope) => {
    const [separator, text] = list(argument, scope) as [string, string];
    return text.split(separator);
  },
  'Fn::FindInMap': (argument, scope) => {
    const [map, first, second] = list(argument, scope).map(String) as [string, string, string];
    return scope.mapping(map, first, second);
  },
  // Only the chosen branch is evaluated: the other may name what doesn't exist.
  'Fn::If': (argument, scope) => {
    const [condition, then, otherwise] = argument as [string, unknown, unknown];
    return evaluate(scope.condition(condition) ? then : otherwise, scope);
  },
  'Fn::Equals': (argument, scope) => {
    const [one, other] = list(argument, scope);
    return one === other;
  },
  'Fn::Not': (argument, scope) => !list(argument, scope)[0],
  'Fn::And': (argument, scope) => list(argument, scope).every(Boolean),
  'Fn::Or': (argument, scope) => list(argument, scope).some(Boolean),
};

/** The logical ids and parameters that a value refers to. */
export function references(value: unknown): Set<string> {
  const found = new Set<string>();
  const walk = (part: unknown): void => {
    if (Array.isArray(part)) {
      for (const item of part) walk(item);
      return;
    }
    if (typeof part !== 'object' || part === null) return;
    for (const [key, argument] of Object.entries(part)) {
      if (key === 'Ref' && typeof argument === 'string') found.add(argument);
      else if (key === 'Fn::GetAtt')
        found.add(Array.isArray(argument) ? String(argument[0]) : (String(argument).split('.')[0] ?? ''));
      else {
        if (key === 'Fn::Sub')
          for (const name of String(Array.isArray(argument) ? argument[0] : argument).matchAll(/\$\{([^!}.][^}.]*)/g))
            found.add(name[1] ?? '');
        walk(argument);
      }
    }
  };
  walk(value);
  return found;
}
