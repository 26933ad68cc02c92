import { DeploymentError } from './deployment-error.ts';

/** What a property may hold. `json` is anything, taken as it stands. */
export type Shape =
  | 'string'
  | 'number'
  | 'boolean'
  | 'json'
  | { list: Shape }
  | { map: Shape }
  | { object: Record<string, Shape> };

export const list = (item: Shape): Shape => ({ list: item });
export const map = (item: Shape): Shape => ({ map: item });
export const object = (members: Record<string, Shape>): Shape => ({ object: members });

/** [{ Key, Value }], as most resources are tagged. */
export const tags: Shape = list(object({ Key: 'string', Value: 'string' }));

/**
 * A property's value in the type it is to have: CloudFormation takes "90" for a number and "true" for a boolean.
 * Throws DeploymentError for what doesn't fit and for a member the shape does not know: what would be ignored in silence
 * here would count on AWS.
 */
export function shaped(value: unknown, shape: Shape, path: string): unknown {
  if (shape === 'json') return value;
  if (shape === 'string' && ['string', 'number', 'boolean'].includes(typeof value)) return String(value);
  if (shape === 'number' && value !== '' && !Number.isNaN(Number(value)) && typeof value !== 'object')
    return Number(value);
  if (shape === 'boolean' && /^(true|false)$/.test(String(value))) return String(value) === 'true';
  if (typeof shape === 'string') throw unfit(path, `a ${shape}`, value);
  if ('list' in shape) {
    if (!Array.isArray(value)) throw unfit(path, 'a list', value);
    return value.map((item, index) => shaped(item, shape.list, `${path}.${index}`));
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw unfit(path, 'an object', value);
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => {
      const member = 'map' in shape ? shape.map : shape.object[key];
      const inner = path === '' ? key : `${path}.${key}`;
      if (!member) throw new DeploymentError(`the property "${inner}" is not part of the local AWS`);
      return [key, shaped(item, member, inner)];
    }),
  );
}

const unfit = (path: string, wanted: string, value: unknown): DeploymentError =>
  new DeploymentError(`the property "${path}" must be ${wanted}, not ${JSON.stringify(value) ?? String(value)}`);
