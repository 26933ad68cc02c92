import * as z from 'zod/mini';

/** Most of the words that a page says in place of those of the document. */
const MAX_MESSAGE_CHARACTERS = 2_000;

const message = z
  .string()
  .check(
    z.maxLength(MAX_MESSAGE_CHARACTERS),
    z.regex(/\S/, { error: 'Must have some words in it, or be left out' }),
    z.describe(
      'What the page tells viewers in place of the message of the document; beside "html" of the document there is none',
    ),
  );

/** `PUT /v1/sites/{domain}/maintenance`. */
export const maintenanceRequest = z.strictObject({
  state: z.enum(['on', 'off']).check(z.describe('Whether viewers see the maintenance page, or the site')),
  message: z.exactOptional(message),
  until: z.exactOptional(
    z
      .string()
      .check(
        z.describe(
          'When that ends by itself: an instant, "2026-12-24T04:00:00Z", at most 366 days ahead. Left out: "on" lasts until "off", and "off" ends what asks for the page now',
        ),
      ),
  ),
  hold: z.exactOptional(
    z
      .boolean()
      .check(z.describe('The lock: neither a window nor the alarm switches until another request; left out: false')),
  ),
});

const time = z
  .string()
  .check(
    z.describe('A local date and time with "timeZone", "2026-12-24T02:00", or an instant, "2026-12-24T01:00:00Z"'),
  );

/** `POST /v1/sites/{domain}/maintenance/windows`, and `PUT` of one. */
export const windowRequest = z.strictObject({
  from: time,
  until: time,
  timeZone: z.exactOptional(z.string().check(z.describe('The IANA time zone of "from" and "until": "Europe/Berlin"'))),
  message: z.exactOptional(message),
});

const instant = z.string().check(z.describe('An instant in UTC'), z.meta({ format: 'date-time' }));

/** A window as the API shows it. */
export const windowView = z.object({
  id: z.string(),
  from: instant,
  until: instant,
  message: z.exactOptional(z.string()),
  local: z.exactOptional(
    z
      .object({ from: z.string(), until: z.string(), timeZone: z.string() })
      .check(z.describe('How it was declared, where it was by local times')),
  ),
  state: z
    .enum(['ahead', 'open', 'dismissed', 'over'])
    .check(z.describe('"dismissed": it is open, and a request for "off" has ended it')),
});

/** `GET /v1/sites/{domain}/maintenance/windows`. */
export const windowList = z.object({
  windows: z.array(windowView).check(z.describe('By when they begin; those that are over are listed for a week')),
});

export type MaintenanceRequest = z.output<typeof maintenanceRequest>;
export type WindowRequest = z.output<typeof windowRequest>;
export type WindowView = z.output<typeof windowView>;
