/** Whether any ARN is of both patterns, part by part: "arn:aws:ec2:*:123456789012:vpc/*". "*" is any text in either. */
export function overlaps(one: string, other: string): boolean {
  const [parts, others] = [partsOf(one), partsOf(other)];
  return parts.every((part, index) => overlapsIn(part, others[index] ?? ''));
}

/** Partition, service, region, account and resource, which may have colons itself. */
function partsOf(arn: string): string[] {
  const [, ...parts] = /^arn:([^:]*):([^:]*):([^:]*):([^:]*):(.*)$/.exec(arn) ?? [];
  return parts;
}

/** Whether any text is of both: what is left of each is compared from every place that was reached. */
function overlapsIn(one: string, other: string): boolean {
  const seen = new Set<string>();
  const from = (i: number, j: number): boolean => {
    if (seen.has(`${i},${j}`)) return false;
    seen.add(`${i},${j}`);
    if (i === one.length && j === other.length) return true;
    if (one[i] === '*' && (from(i + 1, j) || (j < other.length && from(i, j + 1)))) return true;
    if (other[j] === '*' && (from(i, j + 1) || (i < one.length && from(i + 1, j)))) return true;
    return i < one.length && one[i] === other[j] && from(i + 1, j + 1);
  };
  return from(0, 0);
}
