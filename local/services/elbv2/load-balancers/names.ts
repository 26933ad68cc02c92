import { invalid } from '../errors.ts';

// Source: ELB API reference, CreateLoadBalancer and CreateTargetGroup, Name; checked 2026-11-22.
const LONGEST = 32;

/** Throws unless that may name a load balancer, or a target group. */
export function checkName(name: string, kind: 'Load balancer' | 'Target group'): void {
  if (name.length === 0) throw invalid(`${kind} name cannot be empty`);
  if (name.length > LONGEST) throw invalid(`${kind} name '${name}' cannot be longer than '${LONGEST}' characters`);
  if (!/^[a-zA-Z0-9-]+$/.test(name)) {
    throw invalid(`${kind} name '${name}' can only contain characters that are alphanumeric characters and hyphens(-)`);
  }
  if (name.startsWith('-') || name.endsWith('-')) {
    throw invalid(`${kind} name '${name}' cannot begin or end with '-'`);
  }
  if (kind === 'Load balancer' && name.startsWith('internal-')) {
    throw invalid(`${kind} name '${name}' cannot begin with 'internal-'`);
  }
}
