/** What a value refers to: logical ids of resources and parameters, pseudo parameters, and conditions. */
export interface References {
  /** Of Ref, Fn::GetAtt and Fn::Sub. */
  ids: Set<string>;
  conditions: Set<string>;
}

/** Collects every reference in a value, whichever branch of a condition it stands in. */
export function referencesIn(
  value: unknown,
  found: References = { ids: new Set(), conditions: new Set() },
): References {
  if (Array.isArray(value)) for (const item of value) referencesIn(item, found);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return found;
  for (const [key, argument] of Object.entries(value)) {
    if (key === 'Ref') found.ids.add(String(argument));
    else if (key === 'Fn::GetAtt') found.ids.add(attributeOf(argument)[0]);
    else if (key === 'Fn::Sub') subReferences(argument, found);
    else if (key === 'Condition' && Object.keys(value).length === 1) found.conditions.add(String(argument));
    else referencesIn(argument, found);
    if (key === 'Fn::If' && Array.isArray(argument)) found.conditions.add(String(argument[0]));
  }
  return found;
}

/** Fn::GetAtt takes ["Id", "Arn"] and "Id.Arn". */
export function attributeOf(argument: unknown): [logicalId: string, attribute: string] {
  if (Array.isArray(argument)) return [String(argument[0]), String(argument[1])];
  const [logicalId = '', ...attribute] = String(argument).split('.');
  return [logicalId, attribute.join('.')];
}

/** "${Id}", "${Id.Arn}" and "${AWS::Region}" within Fn::Sub; "${!Literal}" is none. */
export const placeholder = /\$\{([^!}][^}]*)\}/g;

function subReferences(argument: unknown, found: References): void {
  const [text, variables] = Array.isArray(argument) ? [argument[0], argument[1] as object] : [argument, {}];
  for (const [, name = ''] of String(text).matchAll(placeholder))
    if (!(name in variables)) found.ids.add(name.split('.')[0] ?? '');
  referencesIn(variables, found);
}
