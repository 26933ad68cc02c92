/** A site as the API shows it; a journey reads what it needs. */
export interface Shown {
  domain: string;
  state: string;
  revision: number;
  nameServers?: string[];
  waiting: { step: string; for: string; since: string; until?: string }[];
  reason?: { step: string; error: string; message: string };
  kept?: { type: string; id: string }[];
  released?: { type: string; id: string }[];
  left?: { type: string; id: string; why: string }[];
  site: { aliases: string[]; http: string; access: string[]; directName?: string };
  live?: Shown['site'];
  steps: {
    name: string;
    state: string;
    revision: number;
    startedAt: string;
    endedAt?: string;
    made: { type: string; id: string; ours: boolean; before?: object }[];
  }[];
  timeline: { at: string; step?: string; message: string }[];
  createdAt: string;
  liveAt?: string;
}
