import * as z from 'zod/mini';
import { name } from './canonical-field.ts';
import { CACHING, MINIMUM_TLS, ORIGIN_CERTIFICATES } from './cdn.ts';

const host = z
  .enum(['viewer', 'origin'])
  .check(
    z.describe(
      'The Host that the origin gets, whose certificate it must have: the name that the viewer typed, or the origin name',
    ),
  );

const caching = z.enum(CACHING).check(z.describe("What CloudFront caches, by the name of AWS's managed cache policy"));

const minimumTls = z
  .enum(MINIMUM_TLS)
  .check(z.describe("The oldest TLS of viewers, by the name of CloudFront's security policy"));

const lock = z
  .boolean()
  .check(
    z.describe(
      'Whether the origin answers CloudFront only: a load balancer in front of an instance by its security group and a secret header (left out: so), a server by its own firewall and by that header, which CloudFront sends it (left out: neither)',
    ),
  );

const originCertificate = z
  .enum(ORIGIN_CERTIFICATES)
  .check(
    z.describe(
      'The certificate of the load balancer, where "certificate" names one for viewers: requested from ACM, or the same; left out: the same where it covers the origin name too and the load balancer can serve it',
    ),
  );

/** Changed by hand: more are not expected in the life of a site. */
const MOST_SECRETS = 999;

const secretGeneration = z
  .int()
  .check(
    z.minimum(1),
    z.maximum(MOST_SECRETS),
    z.describe(
      'Counts the secrets that CloudFront shows to the load balancer, from 1: with another number another one is made, and both are accepted until CloudFront sends it everywhere',
    ),
  );

/** How the edge "cdn" is set, as a user declares it. */
export const declaredCdn = z
  .strictObject({
    originName: z.exactOptional(
      name(
        'A further name of the site, under which CloudFront connects to the origin; left out: "origin." before the domain',
      ),
    ),
    host: z._default(host, 'viewer'),
    caching: z._default(caching, 'CachingDisabled'),
    minimumTls: z._default(minimumTls, 'TLSv1.2_2021'),
    lock: z.exactOptional(lock),
    secretGeneration: z.exactOptional(secretGeneration),
    originCertificate: z.exactOptional(originCertificate),
  })
  .check(z.describe('How CloudFront is set: with the edge "cdn" only'));
