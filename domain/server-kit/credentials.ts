import * as z from 'zod/mini';

/** Hours after which credentials register no further account: long enough for a person to set a server up. */
export const CREDENTIALS_HOURS = 24;

/** What an ACME client registers with, as the API answers with it. The OpenAPI document is made from it. */
export const serverCredentials = z.object({
  names: z
    .array(z.string())
    .check(z.describe('The names that it may request certificates for, the first that of the certificate')),
  directory: z.string().check(z.describe('Where the ACME client begins')),
  keyId: z.string().check(z.describe('The key identifier of the external account binding')),
  macKey: z.string().check(z.describe('Its MAC key as base64url: a secret, shown once and kept nowhere')),
  expiresAt: z
    .string()
    .check(
      z.describe('Until when an account can be registered; the account and its certificates are not affected'),
      z.meta({ format: 'date-time' }),
    ),
});

export type ServerCredentials = z.output<typeof serverCredentials>;
