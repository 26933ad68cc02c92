import * as z from 'zod/mini';
import { LEGS } from '../care/look-item.ts';
import { EDGE_NAMES } from '../edges/edge.ts';
import { PURPOSES, SIGHTS } from '../entries/entry.ts';
import { FAILURE_NAMES } from '../errors.ts';
import { failoverView } from '../failover/failover-view.ts';
import { MADE_TYPES } from '../ledger/made.ts';
import { shownOrigin } from '../origins/shown-origin.ts';
import { RESOURCE_TYPES } from '../resources/resource-type.ts';
import { OPERATION_NAMES } from './life/operations.ts';
import { SITE_STATES } from './life/states.ts';
import { shownCdn } from './shown-cdn.ts';
import { shownFailover } from './shown-failover.ts';

/** What the API answers. The types of the answers and the OpenAPI document are made from these. */

const name = z.string().check(z.describe('A domain name as A-labels, without a trailing dot'));
const instant = z
  .string()
  .check(z.describe('An instant in UTC, as in "2026-11-22T12:00:00.000Z"'), z.meta({ format: 'date-time' }));
const by = z
  .string()
  .check(
    z.describe(
      'The ARN of the caller that asked for it; absent for what follows without a request, and where requests are not signed',
    ),
  );
const state = z
  .enum(SITE_STATES)
  .check(
    z.describe(
      'Where the site stands: on its way, being brought in line with another document, on its way to the maintenance page or back, verified over HTTPS, given up, stopped until a person acts, being taken back, or taken back',
    ),
  );

const made = z.object({
  type: z.enum(MADE_TYPES),
  id: z.string().check(z.describe('What AWS calls it')),
  ours: z.boolean().check(z.describe('False when it stood there before and was only found')),
  detail: z.exactOptional(z.string()),
  address: z.exactOptional(z.string().check(z.describe('An Elastic IP: the address itself'))),
  lost: z.exactOptional(
    z.string().check(z.describe('The auto-assigned address that AWS released for good when this one was associated')),
  ),
  before: z.exactOptional(
    z.record(z.string(), z.unknown()).check(z.describe('How it stood before it was adopted; undo puts it back so')),
  ),
});

/** A resource that was not removed, and why. */
const left = z.object({ type: z.enum(RESOURCE_TYPES), id: z.string(), why: z.string() });

const step = z.object({
  name: z.string().check(z.describe('The name of the state in the workflow')),
  state: z.enum(['running', 'waiting', 'done', 'failed']),
  revision: z.int().check(z.describe("The site's revision that it last ran for")),
  startedAt: instant,
  endedAt: z.exactOptional(instant),
  message: z.exactOptional(z.string().check(z.describe('How it went'))),
  waitingFor: z.exactOptional(z.string().check(z.describe('What it waits for, and what a person can do about it'))),
  waitingUntil: z.exactOptional(instant),
  made: z.array(made),
});

/** A record that a person enters, where we can't. */
export const entryView = z.object({
  name,
  type: z
    .enum(['TXT', 'CNAME', 'ALIAS', 'A', 'AAAA'])
    .check(z.describe('"ALIAS" stands for ALIAS, ANAME or CNAME flattening')),
  values: z.array(z.string()),
  for: z
    .enum(PURPOSES)
    .check(z.describe('To prove whose the name is, for ACM, to lead CloudFront to the origin, or viewers to the site')),
  seen: z.enum(SIGHTS).check(z.describe("What the zone's own name servers say just now")),
  found: z.exactOptional(z.array(z.string()).check(z.describe('What stands there instead'))),
  hint: z.exactOptional(z.string().check(z.describe('What went wrong, and how to mend it'))),
  note: z.string().check(z.describe('What it is for, and how long it must stay')),
  ttlSeconds: z
    .int()
    .check(z.describe('How long what stands there may be remembered; where nothing does, the TTL to enter it with')),
});

/** A record that a person takes out, where we can't. */
export const leavingEntryView = z.pick(entryView, {
  name: true,
  type: true,
  values: true,
  note: true,
  ttlSeconds: true,
});

const site = z.object({
  domain: name,
  aliases: z.array(name),
  origin: shownOrigin,
  edge: z.enum(EDGE_NAMES),
  http: z.enum(['redirect', 'reject']),
  access: z.array(z.string()),
  certificate: z.exactOptional(
    z.union([
      z.enum(['acme', 'export']),
      z.object({ arn: z.exactOptional(z.string()), imported: z.exactOptional(z.object({ secret: z.string() })) }),
    ]),
  ),
  cdn: z.exactOptional(shownCdn),
  failover: z.exactOptional(shownFailover),
  directName: z.exactOptional(name),
  dns: z.exactOptional(z.union([z.enum(['route53', 'external']), z.object({ role: z.string() })])),
  tenant: z.exactOptional(z.string()),
  subnets: z.exactOptional(z.array(z.string())),
  onFailure: z.exactOptional(z.enum(['undo', 'hold'])),
  drift: z.exactOptional(z.enum(['report', 'repair'])),
  delegate: z.exactOptional(z.boolean()),
  adopt: z.exactOptional(z.boolean()),
});

const operation = z.object({ name: z.enum(OPERATION_NAMES), startedAt: instant });
const RUNS = z.describe('What runs for the site');

const reason = z
  .object({
    step: z.string(),
    error: z.enum([...FAILURE_NAMES, 'Cancelled', 'Unknown']),
    message: z.string(),
  })
  .check(z.describe('Why the site is not live, or has gone back to the document before, and what to do about it'));

/** `GET /v1/sites/{domain}`, and the answer to a declaration. */
export const siteView = z.object({
  domain: name,
  displayName: z.string().check(z.describe('The domain as people read it')),
  state,
  revision: z.int().check(z.describe('Counts the operations that changed the site')),
  site: site.check(z.describe('The site as declared, with what was left out filled in')),
  live: z.exactOptional(
    site.check(z.describe('The document that was live last, while another one is on its way or held')),
  ),
  nameServers: z.exactOptional(
    z.array(name).check(z.describe('What the registrar of the domain, or its parent zone, must name')),
  ),
  records: z.exactOptional(
    z
      .array(entryView)
      .check(
        z.describe(
          'What you enter at your DNS provider, as far as it is known, in order; none where we write the records',
        ),
      ),
  ),
  recordsToRemove: z.exactOptional(
    z
      .array(leavingEntryView)
      .check(
        z.describe('What you take out at your DNS provider: a change or an undo waits until no name server has it'),
      ),
  ),
  operation: z.exactOptional(z.extend(operation, { by: z.exactOptional(by) }).check(RUNS)),
  waiting: z
    .array(
      z.object({
        step: z.string(),
        for: z.string(),
        since: instant,
        until: z.exactOptional(instant.check(z.describe('When it ends at the latest, where that is known'))),
      }),
    )
    .check(z.describe('What the site waits for now')),
  reason: z.exactOptional(reason),
  failover: z.exactOptional(
    failoverView.check(
      z.describe('Where viewers are led, and whether the maintenance page stands by; where the document has one'),
    ),
  ),
  probes: z.exactOptional(
    z
      .array(
        z.object({
          leg: z.enum(LEGS).check(z.describe('Where the leg of the way of a request ends that was asked')),
          at: instant,
          asked: z.string().check(z.describe('What was asked, and where: "https://shop.example.com/ at 203.0.113.2"')),
          found: z.string().check(z.describe('What it answered')),
          isWell: z.boolean(),
        }),
      )
      .check(
        z.describe(
          'What was seen of each leg last: by the look that is taken of a live site every six hours, or by a step since',
        ),
      ),
  ),
  released: z.exactOptional(
    z
      .array(z.object({ type: z.enum(RESOURCE_TYPES), id: z.string() }))
      .check(z.describe('What taking the site back has deleted, given back as it was, or passed on to another site')),
  ),
  kept: z.exactOptional(
    z
      .array(z.object({ type: z.enum(RESOURCE_TYPES), id: z.string() }))
      .check(z.describe('What was kept as a DELETE asked for: it bears no tag or marker of ours')),
  ),
  left: z.exactOptional(z.array(left).check(z.describe('What an undo or a change did not remove, and why'))),
  steps: z.array(step),
  timeline: z
    .array(
      z.object({
        at: instant,
        changedAt: z.exactOptional(
          instant.check(z.describe('When the message last changed: of what changes often the last entry is kept true')),
        ),
        step: z.exactOptional(z.string()),
        message: z.string(),
        by: z.exactOptional(by),
      }),
    )
    .check(z.describe('A page of what happened, the newest unless another is asked for; its oldest entry first')),
  next: z.exactOptional(
    z.string().check(z.describe('Where the older entries of the timeline begin: give it as `next`')),
  ),
  createdAt: instant,
  updatedAt: instant,
  liveAt: z.exactOptional(instant),
});

/** `GET /v1/sites`. */
export const siteList = z.object({
  sites: z.array(
    z.object({
      domain: name,
      tenant: z.exactOptional(z.string()),
      edge: z.enum(EDGE_NAMES),
      state,
      operation: z.exactOptional(operation.check(RUNS)),
      reason: z.exactOptional(reason),
      updatedAt: instant,
    }),
  ),
  next: z.exactOptional(z.string().check(z.describe('Where the next page begins: give it as `next`'))),
});

/** Every refusal. */
export const problemView = z
  .object({
    type: z.string().check(z.describe('The kind of problem, as in "urn:nameplate:problem:name-taken"')),
    title: z.string(),
    status: z.int(),
    detail: z.string().check(z.describe('What happened and what to do next')),
    errors: z.exactOptional(
      z.array(
        z.object({
          pointer: z.string().check(z.describe('The field, as in "#/aliases/0"')),
          detail: z.string(),
        }),
      ),
    ),
    approval: z.exactOptional(
      z
        .object({
          checksum: z.string().check(z.describe('Sent as `approve` it approves exactly what `errors` lists')),
          zones: z.array(z.object({ zone: name, deletions: z.int(), ours: z.int() })),
          limits: z.object({ deletions: z.int(), percent: z.int() }),
          retained: z.exactOptional(
            z.array(left).check(z.describe('Resources that cannot be removed, what is attached to each and the fix')),
          ),
        })
        .check(
          z.describe(
            'What has to be approved: record sets deleted in each zone, what goes unasked, and what is retained',
          ),
        ),
    ),
  })
  .check(z.describe('A problem document (RFC 9457)'));

export type SiteView = z.output<typeof siteView>;
export type SiteList = z.output<typeof siteList>;
