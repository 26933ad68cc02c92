import type { Template, TemplateResource } from './assembly.ts';
import { references } from './intrinsics.ts';

/**
 * The logical ids in an order in which each comes after all that it refers to or depends on; otherwise as written.
 *
 * @throws {Error} naming a circle, or a resource that isn't there
 */
export function creationOrder({ Resources }: Template): string[] {
  const order: string[] = [];
  const state = new Map<string, 'open' | 'done'>();
  function visit(logicalId: string, path: string[]): void {
    if (state.get(logicalId) === 'done') return;
    if (state.get(logicalId) === 'open') {
      throw new Error(`Cannot deploy: ${[...path.slice(path.indexOf(logicalId)), logicalId].join(' needs ')}`);
    }
    const resource = Resources[logicalId];
    if (!resource)
      throw new Error(`Cannot deploy "${path.at(-1)}": it depends on "${logicalId}", which isn't in the template`);
    state.set(logicalId, 'open');
    for (const needed of dependencies(resource)) {
      const explicit = [resource.DependsOn ?? []].flat().includes(needed);
      if (explicit || Object.hasOwn(Resources, needed)) visit(needed, [...path, logicalId]);
    }
    state.set(logicalId, 'done');
    order.push(logicalId);
  }
  for (const logicalId of Object.keys(Resources)) visit(logicalId, []);
  return order;
}

const dependencies = ({ DependsOn = [], Properties }: TemplateResource): string[] => [
  ...[DependsOn].flat(),
  ...references(Properties),
];
