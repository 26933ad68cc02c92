/** An availability zone: "us-east-1a", "use1-az1". */
export interface Zone {
  name: string;
  id: string;
}

// Source: AWS Global Infrastructure, regions and zones; every other region has three. Checked 2026-11-22.
const ZONE_COUNTS: Record<string, number> = { 'us-east-1': 6, 'us-west-2': 4, 'ap-northeast-2': 4 };
const USUAL_COUNT = 3;

/** The zones of a region. In AWS an account's letters map to ids at random; here "a" is 1. */
export function zonesOf(region: string): Zone[] {
  return Array.from({ length: ZONE_COUNTS[region] ?? USUAL_COUNT }, (_, i) => ({
    name: `${region}${String.fromCharCode('a'.charCodeAt(0) + i)}`,
    id: `${shortName(region)}-az${i + 1}`,
  }));
}

/** "use1" for us-east-1, "apse2" for ap-southeast-2, "usgw1" for us-gov-west-1. */
function shortName(region: string): string {
  const directions = /north|south|east|west|central/g;
  const [area = '', ...rest] = region.split('-');
  const number = rest.at(-1) ?? '';
  const middle = rest.slice(0, -1).map((word) => (word.match(directions) ?? [word]).map(([letter]) => letter).join(''));
  return `${area}${middle.join('')}${number}`;
}
