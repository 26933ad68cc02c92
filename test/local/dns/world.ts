import { Clock } from '../../../local/clock/clock.ts';
import { createNames, type Names } from '../../../local/dns/names.ts';
import type { RegistrarOptions } from '../../../local/dns/registrar.ts';
import { Draws } from '../../../local/draws/draws.ts';
import { Internet } from '../../../local/internet/internet.ts';

export interface DnsWorld {
  clock: Clock;
  draws: Draws;
  internet: Internet;
  names: Names;
}

/** The small internet with its DNS, at noon, standing still. */
export function aDnsWorld({ seed = 1, ...options }: { seed?: number } & Partial<RegistrarOptions> = {}): DnsWorld {
  const clock = new Clock({ startAt: new Date('2026-11-22T12:00:00Z') });
  const draws = new Draws(seed);
  const internet = new Internet();
  return { clock, draws, internet, names: createNames({ clock, draws }, internet, options) };
}
