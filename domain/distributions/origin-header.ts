/** The header by which the load balancer knows requests of the site's own distribution. Its value is a secret. */
export const ORIGIN_HEADER = 'X-Nameplate-Origin';

/** What stands for its value wherever something is shown or written down. */
export const HIDDEN_SECRET = '⟨secret⟩';

/** The value with its number, which says which one of the document it is; the first has none. */
export function numbered(generation: number, value: string): string {
  return generation === 1 ? value : `${generation}-${value}`;
}

/** The number of a secret: of the first, and of one that is not ours, 1. */
export function generationOf(secret: string): number {
  return Number(/^(\d{1,3})-/.exec(secret)?.[1] ?? 1);
}

/** What is shown of a secret: its number, where it is not the first. */
export function hidden(secret: string): string {
  return numbered(generationOf(secret), HIDDEN_SECRET);
}
