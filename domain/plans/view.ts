import * as z from 'zod/mini';
import { PHASES, VERBS } from '../changes/change.ts';
import { SEVERITIES } from '../preflight/finding.ts';
import { RESOURCE_TYPES } from '../resources/resource-type.ts';
import { entryView, leavingEntryView } from '../sites/view.ts';

const instant = z.string().check(z.describe('An instant in UTC'), z.meta({ format: 'date-time' }));
const thing = z.record(z.string(), z.unknown());
const amount = z.number().check(z.minimum(0));
const count = z.int().check(z.minimum(0));

const change = z.object({
  verb: z
    .enum(VERBS)
    .check(
      z.describe(
        'What is done; "adopt" takes over and remembers, "restore" puts back what was adopted, "unmark" leaves what is to be kept and takes our tags off it, "retain" leaves what is no longer declared, "conflict" is something foreign that is left as it is',
      ),
    ),
  phase: z
    .enum(PHASES)
    .check(
      z.describe('"prepare" takes nothing away, "shift" moves traffic, "release" removes what is no longer declared'),
    ),
  resource: z.object({
    type: z.enum(RESOURCE_TYPES),
    name: z.string(),
    id: z.exactOptional(z.string().check(z.describe('What AWS calls it, once it stands'))),
  }),
  before: z.exactOptional(thing.check(z.describe('How it stands today'))),
  after: z.exactOptional(thing.check(z.describe('How it will stand'))),
  message: z.string().check(z.describe('The same in a sentence')),
});

const finding = z.object({
  severity: z
    .enum(SEVERITIES)
    .check(
      z.describe('Whether no operation begins until it is mended, the site waits or works with less, or all is well'),
    ),
  check: z.string().check(z.describe('The fact, as in "zoneNotDelegated"')),
  message: z.string().check(z.describe('What was found and the exact fix')),
  name: z.exactOptional(z.string().check(z.describe('The name of the site that it is about, where it is about one'))),
});

const wait = z.object({
  for: z.enum([
    'delegation',
    'your records',
    'certificate',
    'viewer certificate',
    'domain validation',
    'server',
    'instance',
    'load balancer',
    'distribution',
    'origin',
    'records',
    'health check',
    'resolvers',
    'former distribution',
    'former load balancer',
    'former certificate',
  ]),
  typicalSeconds: z.object({ from: count, to: count }),
  message: z.string(),
});

const quota = z.object({
  quota: z.string().check(z.describe('What is limited')),
  used: count,
  allowed: count,
  granted: z
    .boolean()
    .check(z.describe('Whether AWS says so of this account; otherwise it is what AWS allows by default')),
  needs: count.check(z.describe('How many more the site takes')),
});

const cost = z.object({
  currency: z.string(),
  region: z.string().check(z.describe('Whose prices these are')),
  checkedAt: z.string().check(z.describe('When the prices were checked')),
  source: z.string(),
  lines: z.array(z.object({ what: z.string(), quantity: count, monthly: amount, once: amount })),
  monthly: amount.check(z.describe('Whatever the traffic, for what is to be made')),
  once: amount,
  monthlyPerCapacityUnit: amount.check(z.describe('On top for each capacity unit of traffic used all month')),
});

/** `POST /v1/plans`. */
export const planView = z.object({
  id: z.string(),
  checksum: z.string().check(z.describe('Over the list of changes, without their messages')),
  domain: z.string(),
  createdAt: instant,
  expiresAt: instant.check(z.describe('From then on it cannot be applied')),
  changes: z.array(change).check(z.describe('In the order in which they are made')),
  records: z.exactOptional(
    z
      .array(entryView)
      .check(
        z.describe(
          'What you enter at your DNS provider, as far as it is known beforehand; none where we write the records',
        ),
      ),
  ),
  recordsToRemove: z.exactOptional(
    z
      .array(leavingEntryView)
      .check(z.describe('What you take out at your DNS provider once the site asks for it: names that it drops')),
  ),
  findings: z.array(finding).check(z.describe('The gravest first')),
  waits: z.array(wait).check(z.describe('What the site will wait for, in order')),
  quotas: z.array(quota).check(z.describe("The account's limits that the site touches")),
  cost: cost.check(z.describe('What is added to the bill')),
});

export type PlanView = z.output<typeof planView>;
