import * as z from 'zod/mini';
import { isIpv4, isIpv6 } from '../addresses.ts';
import { healthPath } from '../origins/schema.ts';
import { canonical, name } from './canonical-field.ts';
import { readCidr, wholeFamily } from './cidr.ts';
import { CHECK_INTERVALS } from './failover.ts';

/** A page of the user is kept in the ledger with the document. */
const MAX_HTML_BYTES = 100_000;

const MAX_TITLE_CHARACTERS = 120;
const MAX_MESSAGE_CHARACTERS = 2_000;
const MAX_CONTACT_CHARACTERS = 300;

/** Source: CreateHealthCheck, `ResourcePath`; checked 2026-11-29. */
const MAX_PATH_CHARACTERS = 255;

const words = (characters: number, description: string) =>
  z
    .string()
    .check(
      z.maxLength(characters),
      z.regex(/\S/, { error: 'Must have some words in it, or be left out' }),
      z.describe(description),
    );

const check = z
  .strictObject({
    path: z.exactOptional(
      healthPath.check(
        z.maxLength(MAX_PATH_CHARACTERS),
        z.describe(
          'What Route 53 asks: 2xx and 3xx within 2 s are healthy; left out: the path by which the origin is checked',
        ),
      ),
    ),
    intervalSeconds: z._default(
      z.literal(CHECK_INTERVALS).check(z.describe('Seconds between two checks of each checker; 10 costs more')),
      30,
    ),
    failures: z._default(
      z
        .int()
        .check(
          z.minimum(1),
          z.maximum(10),
          z.describe('Checks in a row that fail before viewers are sent to the page'),
        ),
      3,
    ),
  })
  .check(z.describe('When Route 53 fails over; behind CloudFront there is nothing to set'));

const page = z
  .strictObject({
    title: z.exactOptional(words(MAX_TITLE_CHARACTERS, 'The heading of the page')),
    message: z.exactOptional(words(MAX_MESSAGE_CHARACTERS, 'What it tells viewers')),
    contact: z.exactOptional(words(MAX_CONTACT_CHARACTERS, 'Whom they can ask: an address, a telephone number')),
    language: z.exactOptional(
      z.string().check(
        z.regex(/^[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$/, {
          error: 'Must be a language tag, such as "en" or "pt-BR"',
        }),
        z.describe('The language of the words; left out: "en". Another one needs a title and a message'),
      ),
    ),
    html: z.exactOptional(
      z.string().check(
        z.refine((html: string) => Buffer.byteLength(html) <= MAX_HTML_BYTES, {
          error: `Must have at most ${MAX_HTML_BYTES} bytes: put images and fonts elsewhere, or leave them out`,
        }),
        z.regex(/<[a-z!]/i, { error: 'Must be an HTML document, such as "<!doctype html><title>Back soon</title>…"' }),
        z.describe('A whole HTML document of your own, instead of one made from words'),
      ),
    ),
  })
  .check(z.describe('What viewers see while the site is down, with status 503'));

/** Source: CloudWatch API Reference, "PutMetricAlarm", `AlarmName`; checked 2026-11-30. */
const ALARM = /^(?:health-check|arn:aws:cloudwatch:[a-z0-9-]+:\d{12}:alarm:[^\s][\s\S]{0,254})$/;

const alarm = z.string().check(
  z.regex(ALARM, {
    error:
      'Must be "health-check", or the ARN of a CloudWatch alarm: "arn:aws:cloudwatch:<region>:<account>:alarm:<name>"',
  }),
  z.describe(
    'What switches the page: on after three bad periods in a row, off after ten healthy minutes. A CloudWatch alarm of this account, in the region of the stack or in us-east-1, or "health-check" for the one on the health check of the site; left out: Route 53 alone leads viewers there, and that alarm only tells of it',
  ),
);

/** Each is compared with the address of every viewer while the page is shown, within the millisecond that a function has. */
const MAX_BYPASS_ADDRESSES = 20;

const operator = canonical('An address or a CIDR block, IPv4 or IPv6', (typed) => {
  const found = readCidr(isIpv4(typed) ? `${typed}/32` : isIpv6(typed) ? `${typed}/128` : typed);
  if (found.problem !== undefined) return { problem: found.problem };
  return found.cidr.endsWith('/0')
    ? { problem: `Cannot let "${typed}" past the page: nobody would see it; give the addresses of operators` }
    : { value: found.cidr };
});

const bypass = z
  .strictObject({
    addresses: z.array(operator).check(
      z.minLength(1),
      z.maxLength(MAX_BYPASS_ADDRESSES),
      z.refine((blocks: string[]) => wholeFamily(blocks) === undefined, {
        error:
          'Cannot let all of these past the page: together they are every address, so nobody would see it; give those of operators',
      }),
      z.describe('Where operators come from: "203.0.113.7", "198.51.100.0/24", "2001:db8::/48"'),
    ),
  })
  .check(
    z.describe('Operators see the site under its own names while other viewers see the page; left out: nobody does'),
  );

/** The failover of a site, as a user declares it. */
export const declaredFailover = z
  .strictObject({
    originName: z.exactOptional(
      name(
        'A further name of the site, which leads to its edge or its server and which Route 53 checks; left out: "origin." before the domain',
      ),
    ),
    check: z.exactOptional(check),
    page: z.exactOptional(page),
    alarm: z.exactOptional(alarm),
    bypass: z.exactOptional(bypass),
  })
  .check(z.describe('A page in place of the site while it is down; left out: none'));
