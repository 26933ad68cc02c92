import type { Shown } from '../../support/nameplate.ts';
import type { ProvingGround } from '../proving-ground.ts';

/** One site on the proving ground. */
export interface Place {
  ground: ProvingGround;
  domain: string;
}

/** A record that somebody is asked to enter, as GET lists it. */
export interface Asked {
  for: 'ownership' | 'validation' | 'traffic';
  name: string;
  type: string;
  values: string[];
  seen: string;
}

/** What other people have at the names of a site, and what they do while something goes on with it. */
export interface Surroundings {
  /** What the document says of it. */
  declares?(place: Place): object;
  /** Puts what stands there before the site. Gives what takes all of theirs away, once the site has left it as it was. */
  begin?(place: Place): Promise<() => Promise<void>>;
  /** Does what GET asks for; called now and then while an operation runs. */
  attend?(place: Place, site: Shown & { records?: Asked[] }): Promise<void>;
  /** How often in AWS time, in ms; `ATTENDS_EVERY_MS` else. */
  attendsEveryMs?: number;
}

/** Somebody who sits beside it. */
export const ATTENDS_EVERY_MS = 60_000;

/** Nobody else has to do with it. */
export const NOBODY: Surroundings = {};

/** Where foreign records lead: the wildcard, its copies with it, and what stands in the way. */
export const FOREIGN = '203.0.113.200';
