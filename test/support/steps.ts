import type { Context } from 'aws-lambda';
import type { Ledger } from '../../aws/ledger/ledger.ts';
import { readSite, readSiteItem } from '../../aws/ledger/read-site.ts';
import { writeSite } from '../../aws/ledger/write-site.ts';
import { writeStep } from '../../aws/ledger/write-step.ts';
import type { StepName, StepOutputs } from '../../domain/ledger/outputs.ts';
import type { SiteItem } from '../../domain/ledger/site-item.ts';
import type { StepItem } from '../../domain/ledger/step-item.ts';
import type { Site } from '../../domain/sites/site.ts';
import type { SiteZone } from '../../domain/zones/site-zone.ts';
import { aSite, aSiteItem } from './site.ts';

export const domain = 'shop.example.test';
export const owner = { domain, stack: 'Nameplate' };
export const ownTags = [
  { Key: 'nameplate:site', Value: domain },
  { Key: 'nameplate:stack', Value: 'Nameplate' },
];
export const event = { domain, revision: 1 };
export const context = { getRemainingTimeInMillis: () => 30_000 } as Context;

/** The zone "example.test" with the names of the site. */
export function aSiteZone(changes: Partial<SiteZone> = {}): SiteZone {
  return {
    id: 'ZEXAMPLE',
    name: 'example.test',
    names: [domain, `www.${domain}`],
    nameServers: ['ns-1.awsdns-01.com', 'ns-2.awsdns-02.net'],
    ours: false,
    ...changes,
  };
}

/** Puts a site into the ledger, in the middle of its onboarding, with what earlier steps left. */
export async function givenSite(
  ledger: Ledger,
  {
    site = {},
    outputs = {},
    revision = 1,
    item = {},
  }: { site?: Partial<Site>; outputs?: Partial<StepOutputs>; revision?: number; item?: Partial<SiteItem> } = {},
): Promise<void> {
  await writeSite(ledger, aSiteItem({ site: aSite(site), revision, ...item }), { over: undefined });
  for (const [name, output] of Object.entries(outputs)) await givenStep(ledger, { name, revision, output });
}

/** The same in the middle of its undo. */
export function givenUndo(ledger: Ledger, { item, ...given }: Parameters<typeof givenSite>[1] = {}): Promise<void> {
  return givenSite(ledger, { ...given, item: { ...undoing, ...item } });
}

/** Has the site of the ledger declared otherwise, as if it had been so from the beginning. */
export async function declareAnew(ledger: Ledger, changes: Partial<Site>): Promise<void> {
  const standing = await readSiteItem(ledger, domain);
  if (!standing) throw new Error('The ledger has no site');
  await writeSite(ledger, { ...standing, site: { ...standing.site, ...changes } }, { over: standing });
}

/** A site in the middle of its undo. */
export const undoing = {
  state: 'undoing',
  operation: { name: 'undo', execution: 'shop_example_test-r1-undo', startedAt: '2026-11-22T12:00:00.000Z' },
} as const;

/** The operation of a site in the middle of a change. */
export const changing = {
  operation: { name: 'change', execution: 'shop_example_test-r1-change', startedAt: '2026-11-22T12:00:00.000Z' },
} as const;

/** What the steps of a change have found or made for the document by the time that it lets go of the rest. */
export const stood: Partial<StepOutputs> = {
  ReserveAddress: {},
  OpenSecurityGroups: { groupId: 'sg-lb', vpcId: 'vpc-1', wayIn: 'sg-new' },
  AwaitCertificate: { certificateArn: 'arn:new' },
  CreateLoadBalancer: { loadBalancerArn: 'arn:lb', dnsName: 'np', zoneId: 'Z', createdAt: '2026-11-22T12:00:00.000Z' },
  CreateTargetGroup: { targetGroupArn: 'arn:tg' },
  AttachCertificate: { listenerArn: 'arn:443' },
};

/** Has the site of the ledger in the middle of a change to another document, with what its steps have left. */
export async function givenChange(
  ledger: Ledger,
  { site = {}, outputs = stood }: { site?: Partial<Site>; outputs?: Partial<StepOutputs> } = {},
): Promise<void> {
  const standing = await readSiteItem(ledger, domain);
  if (!standing) throw new Error('The ledger has no site');
  const item = { ...standing, ...changing, site: { ...standing.site, ...site } };
  await writeSite(ledger, item, { over: standing });
  for (const [name, output] of Object.entries(outputs)) await givenStep(ledger, { name, output });
}

/** Has the site of the ledger undone from now on. */
export async function turnToUndo(ledger: Ledger): Promise<void> {
  const standing = await readSiteItem(ledger, domain);
  if (!standing) throw new Error('The ledger has no site');
  await writeSite(ledger, { ...standing, ...undoing }, { over: standing });
}

/** Puts a step into the ledger, done long ago unless told otherwise. */
export async function givenStep(ledger: Ledger, changes: Partial<StepItem> & { name: string }): Promise<void> {
  const startedAt = '2026-11-22T12:00:00.000Z';
  await writeStep(ledger, domain, { revision: 1, state: 'done', startedAt, made: [], ...changes });
}

/** How a step stands in the ledger. */
export async function theStep<Name extends StepName>(ledger: Ledger, name: Name): Promise<StepItem<StepOutputs[Name]>> {
  const found = (await readSite(ledger, domain))?.steps.find((step) => step.name === name);
  if (!found) throw new Error(`The ledger has no step "${name}"`);
  return found as StepItem<StepOutputs[Name]>;
}

/** What this file needs of a client's stub, whichever client it stands for. */
interface Stub {
  calls(): { args: unknown[] }[];
}

/** The names of the calls that changed something, in order: "CreateHostedZone". */
export function mutations(...stubs: Stub[]): string[] {
  return stubs
    .flatMap((stub) => stub.calls().map(({ args }) => (args[0] as object).constructor.name.replace(/Command$/, '')))
    .filter((name) => !/^(List|Describe|Get|Head)/.test(name));
}

/** An error as the SDK throws it for a code that it doesn't model. */
export function awsError(name: string, message = name, status = 400): Error {
  return Object.assign(new Error(message), { name, $metadata: { httpStatusCode: status } });
}
