import { DeploymentError } from './deployment-error.ts';

/**
 * Puts ids in an order in which each comes after what it depends on, otherwise as they were given.
 * Throws DeploymentError that names the circle when there is one.
 */
export function inOrder(dependencies: Map<string, Iterable<string>>): string[] {
  const ordered = new Set<string>();
  const open: string[] = [];
  const visit = (id: string): void => {
    if (ordered.has(id)) return;
    if (open.includes(id)) {
      const circle = [...open.slice(open.indexOf(id)), id].map((one) => `"${one}"`).join(' -> ');
      throw new DeploymentError(`Cannot order the resources: ${circle} depend on each other`);
    }
    open.push(id);
    for (const other of dependencies.get(id) ?? []) if (dependencies.has(other)) visit(other);
    open.pop();
    ordered.add(id);
  };
  for (const id of dependencies.keys()) visit(id);
  return [...ordered];
}
