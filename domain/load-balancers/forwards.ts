/** A target group that a listener forwards to, and its weight: the share of the requests that it gets. */
export interface Forward {
  targetGroupArn: string;
  weight: number;
}

/** Every request to one group. */
export function allTo(targetGroupArn: string): Forward[] {
  return [{ targetGroupArn, weight: 1 }];
}

/**
 * Where a listener forwards to until the targets of the wanted group are healthy: what gets the requests goes on getting
 * them. The wanted group gets none yet, but ELB looks after the targets of every group that a listener names. Nobody has to
 * wait where nothing is served, or the wanted group is among what serves.
 */
export function besides(standing: readonly Forward[], wanted: string): readonly Forward[] {
  const serving = standing.filter(({ weight }) => weight > 0);
  if (serving.length === 0) return allTo(wanted);
  if (serving.some(({ targetGroupArn }) => targetGroupArn === wanted)) return standing;
  return [...serving, { targetGroupArn: wanted, weight: 0 }];
}

export function isSameForwarding(one: readonly Forward[], other: readonly Forward[]): boolean {
  const has = ({ targetGroupArn, weight }: Forward) =>
    other.some((each) => each.targetGroupArn === targetGroupArn && each.weight === weight);
  return one.length === other.length && one.every(has);
}
