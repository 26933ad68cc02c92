import type { Shown } from './nameplate.ts';

/** The ids of what a site shows as taken over from somebody else, each with how it stood. */
export function takenOver({ steps }: Shown): string[] {
  return steps.flatMap(({ made }) => made.filter(({ before }) => before !== undefined)).map(({ id }) => id);
}
