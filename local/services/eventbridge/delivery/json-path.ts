import type { Json } from '../patterns/json.ts';

/** "$.detail.items[0].name": dots, names with hyphens, and indexes. */
const PATH = /^\$(?:\.[\w-]+|\[\d+\]|\['[^']+'\])*$/;
const STEP = /\.([\w-]+)|\[(\d+)\]|\['([^']+)'\]/g;

export const isJsonPath = (path: string): boolean => PATH.test(path);

/** What stands at a path; undefined when nothing does. */
export function valueAt(event: Json, path: string): Json | undefined {
  let value: Json | undefined = event;
  for (const [, member, index, quoted] of path.matchAll(STEP)) {
    if (typeof value !== 'object' || value === null) return undefined;
    const name = member ?? index ?? quoted ?? '';
    value = Array.isArray(value) ? value[Number(name)] : value[name];
  }
  return value;
}
