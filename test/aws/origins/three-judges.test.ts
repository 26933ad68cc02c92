import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { Resolver } from '../../../aws/dns/resolver.ts';
import { lookAtOrigin } from '../../../aws/origins/look-at-origin.ts';
import { judgeOrigin, type OriginVerdict } from '../../../domain/probes/origin-tls.ts';
import {
  type ACloudFront,
  type ADistribution,
  aCloudFront,
  aDistribution,
  anAcmCertificate,
  anOrigin,
  get,
} from '../../local/cloudfront/a-cloudfront.ts';
import { codesOf, NAME, Practice } from '../../support/doctor.ts';
import { FAULTS, HEALTHY, type Kind } from '../../support/rack/kinds.ts';

const ADDRESS = '9.9.9.9';

let world: ACloudFront;
let shop: ADistribution;
let practice: Practice;
let leave = () => {};
beforeAll(async () => {
  world = await aCloudFront();
  practice = await Practice.open();
  const certificate = await anAcmCertificate(world, { domains: ['*.example.test'] });
  shop = await aDistribution(world, { aliases: [NAME], certificate });
});
afterEach(() => leave());
afterAll(async () => {
  await practice.close();
  await world.close();
});

/** What AWS time has to pass for: no packet says how it ends. */
const SILENT: readonly Kind[] = ['filtered', 'noRoute', 'silent', 'noPage'];

/** What the CDN of the local AWS answers for an origin of that kind; undefined when no answer ever comes. */
async function cdn(kind: Kind): Promise<number | undefined> {
  leave = await anOrigin(world, { kind });
  let status: number | undefined;
  const asking = get(world, shop).then((answer) => {
    status = answer.status;
  });
  // A page that never ends is waited for, as long as bytes come.
  if (kind === 'drip') return undefined;
  if (SILENT.includes(kind)) await world.aws.clock.until(() => status !== undefined, { limitMs: 600_000 });
  return asking.then(() => status);
}

async function preflight(kind: Kind): Promise<OriginVerdict> {
  const { connect, dns: roots, timeoutMs = 1 } = await practice.world({ servers: { [ADDRESS]: kind } });
  const dns = new Resolver({ ...roots, ...(connect && { connect }) });
  const seen = await lookAtOrigin(
    { name: NAME, port: 443, servedNames: [NAME], host: 'viewer', client: 'cloudfront' },
    { dns, ...(connect && { connect }), remaining: () => 60_000, connectMs: timeoutMs, readMs: timeoutMs },
  );
  return judgeOrigin(seen, { now: new Date(), client: 'cloudfront' });
}

describe('C9 to C12: the doctor, the CDN of the local AWS and the preflight agree on each server of the rack', () => {
  test.each(FAULTS)('%s', async (kind) => {
    const [report, verdict] = await Promise.all([practice.report({ servers: { [ADDRESS]: kind } }), preflight(kind)]);
    const [first] = verdict.findings;
    expect(first).toMatchObject({ code: expect.any(String), status: expect.any(Number) });
    expect(codesOf(report)).toContain(first?.code);
    expect(first?.message).toContain(`${ADDRESS} port 443 as "${NAME}"`);
    expect(first?.message).toMatch(/; CloudFront would answer 50[24]\. [A-Z]/);
    expect(await cdn(kind)).toBe(kind === 'drip' ? undefined : first?.status);
  });

  test.each(HEALTHY)('%s', async (kind) => {
    const [report, verdict] = await Promise.all([practice.report({ servers: { [ADDRESS]: kind } }), preflight(kind)]);
    expect(report.verdict).toBe('healthy');
    expect(verdict).toEqual({ findings: [], unseen: [], told: [] });
    expect(await cdn(kind)).toBe(200);
  });
});
