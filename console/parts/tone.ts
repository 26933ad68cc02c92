/** "good" needs nobody, "busy" runs, "warn" and "bad" want a person. */
export type Tone = 'good' | 'busy' | 'warn' | 'bad' | 'quiet';
