import fc from 'fast-check';
import { PERSON } from '../../local/internet/proxy.ts';

/** What may be another one from declaration to declaration. Everything else of a site stays as it is. */
export interface Wish {
  /** Labels below the domain. */
  aliases: readonly Label[];
  /** Whether a name of its own leads to the instance. */
  direct: boolean;
  access: 'everywhere' | 'one address';
  http: 'redirect' | 'reject';
  /** Which of the two instances produces the pages. */
  instance: 0 | 1;
  edge: 'load-balancer' | 'direct';
}

const LABELS = ['www', 'shop', 'blog'] as const;
type Label = (typeof LABELS)[number];

/** The label of the name that leads to the instance. */
const DIRECT = 'direct';

/** Every label that a name of a site may have below its domain. */
export const ALL_LABELS: readonly string[] = [...LABELS, DIRECT];

const PLAIN: Wish = {
  aliases: ['www'],
  direct: true,
  access: 'everywhere',
  http: 'redirect',
  instance: 0,
  edge: 'load-balancer',
};

/** A wish that differs from the plain one in what is said. */
export const aWish = (other: Partial<Wish> = {}): Wish => ({ ...PLAIN, ...other });

/** Behind a load balancer mostly; what only a load balancer can do is wished of nothing else. */
export const wishes: fc.Arbitrary<Wish> = fc
  .record({
    aliases: fc.subarray([...LABELS]),
    direct: fc.boolean(),
    access: fc.constantFrom('everywhere', 'everywhere', 'one address'),
    http: fc.constantFrom('redirect', 'redirect', 'reject'),
    instance: fc.constantFrom(0, 0, 1),
    edge: fc.constantFrom('load-balancer', 'load-balancer', 'load-balancer', 'direct'),
  })
  .map((wish) => (wish.edge === 'direct' ? { ...wish, access: 'everywhere', http: 'redirect' } : wish) as Wish);

/** The document that declares it. */
export function documentOf(
  { aliases, direct, access, http, instance, edge }: Wish,
  { domain, instances, onFailure }: { domain: string; instances: readonly string[]; onFailure: 'hold' | 'undo' },
): object {
  return {
    domain,
    aliases: aliases.map((label) => `${label}.${domain}`),
    ...(direct && { directName: `${DIRECT}.${domain}` }),
    origin: { instance: { id: instances[instance] } },
    http,
    edge,
    onFailure,
    ...(access === 'one address' && { access: [`${PERSON.ipv4}/32`] }),
  };
}

/** "www, direct; redirect; everywhere; instance 0; load-balancer" */
export function inWords({ aliases, direct, http, access, instance, edge }: Wish): string {
  const names = [...aliases, ...(direct ? [DIRECT] : [])];
  return `${names.join(', ') || 'no further name'}; ${http}; ${access}; instance ${instance}; ${edge}`;
}
