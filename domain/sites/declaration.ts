import * as z from 'zod/mini';
import { CERTIFICATE_ARN } from '../certificates/named-certificate.ts';
import { SECRET_ARN } from '../certificates/secret.ts';
import { DEFAULT_EDGE, EDGE_NAMES, EDGE_SUMMARIES } from '../edges/edge.ts';
import { declaredOrigin } from '../origins/schema.ts';
import { EVERYWHERE } from './access.ts';
import { awsId } from './aws-id.ts';
import { name } from './canonical-field.ts';
import { declaredCdn } from './cdn-schema.ts';
import { cidrField } from './cidr-field.ts';
import { ROLE_PREFIX } from './dns.ts';
import { declaredFailover } from './failover-schema.ts';
import { TENANT } from './tenant.ts';

/** S11: no certificate takes more, whatever the account's quota. Source: RequestCertificate, checked 2026-11-22. */
const MAX_ALIASES = 99;

/**
 * Each block is a rule for 443 and one for 80, and a security group has 60. Source: Amazon VPC quotas, "Inbound or
 * outbound rules per security group", checked 2026-11-22.
 */
const MAX_ACCESS_BLOCKS = 30;

/** Where a site's records are kept. */
export const dns = z
  .union([
    z.enum(['route53', 'external']),
    z
      .strictObject({
        role: z.string().check(
          z.regex(new RegExp(`^arn:aws[a-z-]*:iam::\\d{12}:role/${ROLE_PREFIX}[\\w+=,.@-]{1,54}$`), {
            error: `Must be the ARN of a role whose name begins with "${ROLE_PREFIX}", such as "arn:aws:iam::210987654321:role/${ROLE_PREFIX}dns": Nameplate may take no other`,
          }),
          z.describe(`The role to take for every call to Route 53; its name begins with "${ROLE_PREFIX}"`),
        ),
        externalId: z.exactOptional(
          z
            .string()
            .check(
              z.maxLength(1_224),
              z.describe('Derived for the stack and the tenant, and best left out; another one is refused'),
            ),
        ),
      })
      .check(z.describe('The zone is in another account')),
  ])
  .check(
    z.describe(
      'Where the records are kept: Route 53 of this account (left out: that), of another account, or another provider, where you enter them yourself',
    ),
  );

/** What a user declares with `POST /v1/sites`. The OpenAPI document is made from it. */
export const declaration = z.strictObject({
  domain: name('The name to put on it: A-labels or U-labels, any case'),
  aliases: z._default(
    z
      .array(name('A further name of the site'))
      .check(z.maxLength(MAX_ALIASES), z.describe('Further names that show the same site under the same certificate')),
    [],
  ),
  origin: declaredOrigin,
  edge: z._default(z.enum(EDGE_NAMES).check(z.describe(`What viewers connect to: ${EDGE_SUMMARIES}`)), DEFAULT_EDGE),
  http: z._default(
    z.enum(['redirect', 'reject']).check(z.describe('What plain HTTP gets: a 301 to https, or no listener at all')),
    'redirect',
  ),
  access: z._default(
    z
      .array(cidrField)
      .check(
        z.minLength(1),
        z.maxLength(MAX_ACCESS_BLOCKS),
        z.describe(
          'Who may reach the load balancer; without an IPv6 block there is no AAAA record, without an IPv4 one no A',
        ),
      ),
    EVERYWHERE,
  ),
  cdn: z.exactOptional(declaredCdn),
  failover: z.exactOptional(declaredFailover),
  certificate: z.exactOptional(
    z
      .union([
        z
          .enum(['acme', 'export'])
          .check(
            z.describe(
              'For a server of its own. "acme": the ACME endpoint of the stack issues it a certificate, whose key stays on the server. "export": ACM issues one, for a price by name and renewal, which you export and install there',
            ),
          ),
        z
          .strictObject({
            arn: z.exactOptional(
              z.string().check(
                z.regex(CERTIFICATE_ARN, {
                  error:
                    'Must be the ARN of a certificate of ACM, such as "arn:aws:acm:eu-west-1:123456789012:certificate/01234567-89ab-cdef-0123-456789abcdef"',
                }),
                z.describe(
                  'The certificate in the region of the stack, or behind CloudFront in us-east-1: issued, and for all names that viewers use',
                ),
              ),
            ),
            imported: z.exactOptional(
              z
                .strictObject({
                  secret: z.string().check(
                    z.regex(SECRET_ARN, {
                      error:
                        'Must be the whole ARN of a secret of Secrets Manager, such as "arn:aws:secretsmanager:eu-west-1:123456789012:secret:shop-a1B2c3"',
                    }),
                    z.describe(
                      'The secret in the region of the stack: certificate, chain and private key as PEM, with the tag nameplate:certificate',
                    ),
                  ),
                })
                .check(
                  z.describe(
                    'A certificate from elsewhere is imported into ACM, which never renews it; declare the site again once the secret has its successor',
                  ),
                ),
            ),
          })
          .check(
            z.describe(
              'An existing certificate (arn): it is served, never changed and never deleted; or one from a secret (imported); left out: one is requested, and ACM renews it',
            ),
          ),
      ])
      .check(
        z.describe('The certificate that viewers see; left out: one of ACM is requested, validated by DNS and renewed'),
      ),
  ),
  directName: z.exactOptional(name('A second name that reaches the origin itself, for SSH for example')),
  dns: z.exactOptional(dns),
  subnets: z.exactOptional(
    z
      .array(awsId('subnet', 'a subnet'))
      .check(
        z.minLength(2),
        z.describe('Subnets of the load balancer in two zones at least; left out: a public one of each zone'),
      ),
  ),
  tenant: z.exactOptional(
    z.string().check(
      z.regex(TENANT, {
        error: 'Must be 1 to 63 letters, digits, ".", "_" or "-", a letter or digit first',
      }),
      z.describe(
        "Whose site it is among those run for others: no other tenant gets a name above or below, and the instance must bear the tag nameplate:tenant with this value; left out: the account's own",
      ),
    ),
  ),
  onFailure: z.exactOptional(
    z
      .enum(['undo', 'hold'])
      .check(
        z.describe(
          'When the onboarding fails: take back what it made, or hold it where it stands until it is resumed; left out: undo, and hold once the site was live',
        ),
      ),
  ),
  drift: z.exactOptional(
    z
      .enum(['report', 'repair'])
      .check(
        z.describe(
          'When others change or remove resources of the site while it is live: tell people (left out: that), or put them back as well. Validation records of ours are put back in any case',
        ),
      ),
  ),
  delegate: z.exactOptional(
    z
      .boolean()
      .check(
        z.describe(
          'Gives the domain a hosted zone of its own and writes its delegation where it can: into the hosted zone of the parent, or at Route 53 Domains, in the account that keeps the records; undo removes it before the zone. Left out: you enter the name servers',
        ),
      ),
  ),
  adopt: z.exactOptional(
    z
      .boolean()
      .check(
        z.describe(
          'Takes over what stands in the way and is not ours, and remembers how it was: undo puts it back; left out: it is left alone, and the request is refused with what stands there',
        ),
      ),
  ),
});

export type Declaration = z.output<typeof declaration>;
