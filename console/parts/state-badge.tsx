import type { SiteView } from '../../domain/sites/view.ts';
import type { Tone } from './tone.ts';

/** A word for what is so, with a dot in its colour: never the colour alone. */
export const Badge = ({ tone, children }: { tone: Tone; children: string }) => (
  <span class={`badge ${tone}`}>{children}</span>
);

export const STATE_TONES: Record<SiteView['state'], Tone> = {
  pending: 'busy',
  changing: 'busy',
  switching: 'busy',
  live: 'good',
  failed: 'bad',
  held: 'bad',
  undoing: 'busy',
  undone: 'quiet',
};

/** The state of a site. */
export const StateBadge = ({ state }: { state: SiteView['state'] }) => <Badge tone={STATE_TONES[state]}>{state}</Badge>;
