import type { Draws } from '../draws/draws.ts';
import { ok, type Route } from './route.ts';

/** The delays that were drawn. */
export const drawRoutes = (draws: Draws): Route[] => [
  {
    method: 'GET',
    path: '/_local/draws',
    about: 'the seed, and every delay drawn from it',
    answer: () => ok({ seed: draws.seed, drawn: draws.drawn }),
  },
];
