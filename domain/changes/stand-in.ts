/** The words that stand in a plan for the id of what is not made yet: "(new load balancer np-0123456789ab)". AWS gives no such id. */
export function standIn(what: string): string {
  return `${OPENING}${what})`;
}

export function isStandIn(id: string): boolean {
  return id.startsWith(OPENING);
}

const OPENING = '(new ';
