import { contains, overlap } from '../sites/cidr.ts';

/** A network ACL: what may pass into and out of its subnets. It has no memory, so answers need rules of their own. */
export interface NetworkAcl {
  id: string;
  subnetIds: string[];
  rules: AclRule[];
}

export interface AclRule {
  /** The lowest that matches decides; 32767 is the last one, which denies. */
  number: number;
  egress: boolean;
  allow: boolean;
  /** "-1" for all, "6" for TCP. */
  protocol: string;
  cidr: string;
  /** Of TCP and UDP; absent for all. */
  ports?: Ports;
}

export interface Ports {
  from: number;
  to: number;
}

/** TCP that is to pass. */
export interface Passage {
  egress: boolean;
  /** The other side's block. */
  peer: string;
  ports: Ports;
}

const ALL_PROTOCOLS = '-1';
const TCP = '6';

/** The rule that keeps some of the passage from passing, or "unsure" where a rule is about a part of the other side. */
export function barrier(rules: readonly AclRule[], { egress, peer, ports }: Passage): AclRule | 'unsure' | undefined {
  let left: Ports[] = [ports];
  const about = rules.filter(
    (rule) => rule.egress === egress && [ALL_PROTOCOLS, TCP].includes(rule.protocol) && overlap(rule.cidr, peer),
  );
  for (const rule of about.toSorted((one, other) => one.number - other.number)) {
    const of = rule.ports ?? { from: 0, to: 65_535 };
    if (!left.some((part) => part.from <= of.to && of.from <= part.to)) continue;
    if (!contains(rule.cidr, peer)) return 'unsure';
    if (!rule.allow) return rule;
    left = left.flatMap((part) => without(part, of));
    if (left.length === 0) return undefined;
  }
  return 'unsure';
}

function without(part: Ports, gone: Ports): Ports[] {
  return [
    { from: part.from, to: Math.min(part.to, gone.from - 1) },
    { from: Math.max(part.from, gone.to + 1), to: part.to },
  ].filter(({ from, to }) => from <= to);
}
