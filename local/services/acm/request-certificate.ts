import type { CertificateExport, RequestCertificateRequest, RequestCertificateResponse } from '@aws-sdk/client-acm';
import { makeKeyPair } from '../../certificates/key-pair.ts';
import { AwsError, type Call, type Operation } from '../../wire/service.ts';
import type { Acm } from './acm.ts';
import type { Certificate } from './certificate.ts';
import { certificateArn } from './certificate-arn.ts';
import { VISIBLE } from './delays.ts';
import { requestedNames } from './names.ts';
import { refuseOverQuota } from './quota-check.ts';
import { readTags, tagConditions } from './tags.ts';
import { Timers } from './timers.ts';
import { startValidation } from './validation.ts';
import { validationRecord } from './validation-record.ts';

// Source: ACM API Reference, "RequestCertificate"; checked 2026-11-22.
const TOKEN_COUNTS_MS = 3_600_000;
const KEY_ALGORITHMS = ['RSA_2048', 'EC_prime256v1', 'EC_secp384r1'] as const;

type Requestable = (typeof KEY_ALGORITHMS)[number];

/** Requests a public certificate that is validated by DNS. */
export function requestCertificate(acm: Acm): Operation<RequestCertificateRequest, RequestCertificateResponse> {
  const tokens = new Map<string, { arn: string; at: number }>();
  return {
    conditions: (input) => ({
      'acm:DomainNames': [input.DomainName ?? '', ...(input.SubjectAlternativeNames ?? [])].map((name) =>
        name.toLowerCase(),
      ),
      'acm:ValidationMethod': [input.ValidationMethod ?? 'EMAIL'],
      'acm:KeyAlgorithm': [input.KeyAlgorithm ?? 'RSA_2048'],
      'acm:Export': [input.Options?.Export ?? 'DISABLED'],
      ...tagConditions(input.Tags),
    }),
    // ACM's guide says nothing of tags that come with a request; published policies grant both: the unkind reading.
    dependents: ({ Tags }, { region, account }) =>
      Tags?.length
        ? [
            {
              action: 'acm:AddTagsToCertificate',
              resources: [{ arn: `arn:aws:acm:${region}:${account}:certificate/*`, keys: tagConditions(Tags) }],
            },
          ]
        : [],
    run(input, call) {
      const names = requestedNames(input.DomainName ?? '', input.SubjectAlternativeNames);
      const keyAlgorithm = requestableKeyAlgorithm(input.KeyAlgorithm);
      refuseWhatIsNotHere(input);
      const tags = readTags(input.Tags);
      const now = acm.host.clock.now();
      const token = input.IdempotencyToken;
      const known = token === undefined ? undefined : tokens.get(`${call.region} ${token}`);
      if (known && now.getTime() - known.at < TOKEN_COUNTS_MS && acm.certificates.find(known.arn, call.region)) {
        return { CertificateArn: known.arn };
      }
      refuseOverQuota(acm, call.region);
      const certificate = newCertificate(acm, call, {
        names,
        keyAlgorithm,
        tags,
        now,
        Export: input.Options?.Export ?? 'DISABLED',
      });
      acm.certificates.add(certificate);
      if (token !== undefined) tokens.set(`${call.region} ${token}`, { arn: certificate.arn, at: now.getTime() });
      startValidation(acm, certificate);
      return { CertificateArn: certificate.arn };
    },
  };
}

interface Wanted {
  names: string[];
  keyAlgorithm: Requestable;
  tags: Map<string, string>;
  now: Date;
  Export: CertificateExport;
}

function newCertificate(
  acm: Acm,
  { region, account }: Call,
  { names, keyAlgorithm, tags, now, Export }: Wanted,
): Certificate {
  const { host } = acm;
  const arn = certificateArn(host, region);
  const visible = host.draws.seconds('acm:visible', arn, VISIBLE);
  return {
    arn,
    region,
    type: 'AMAZON_ISSUED',
    names,
    keyAlgorithm,
    status: 'PENDING_VALIDATION',
    createdAt: now,
    visibleAt: new Date(now.getTime() + visible * 1000),
    options: { CertificateTransparencyLoggingPreference: 'ENABLED', Export },
    tags,
    validations: names.map((name) => ({
      name,
      record: validationRecord(account, name),
      recordShown: false,
      status: 'PENDING_VALIDATION',
    })),
    keys: makeKeyPair(keyAlgorithm),
    usedBy: new Set(),
    inUseBy: new Set(),
    timers: new Timers(host.clock),
  };
}

function requestableKeyAlgorithm(wanted: RequestCertificateRequest['KeyAlgorithm']): Requestable {
  const found = KEY_ALGORITHMS.find((algorithm) => algorithm === (wanted ?? 'RSA_2048'));
  if (found) return found;
  throw new AwsError(
    'InvalidParameterException',
    `The key algorithm ${wanted} is not supported for public certificates.`,
  );
}

/** What AWS would do and the local ACM does not: said, not pretended. */
function refuseWhatIsNotHere(input: RequestCertificateRequest): void {
  const missing = [
    [input.CertificateAuthorityArn !== undefined, 'Certificates of a private CA are'],
    [input.ManagedBy !== undefined, 'Certificates managed by another service are'],
    [input.ValidationMethod !== 'DNS', `Validation by ${input.ValidationMethod ?? 'EMAIL, the default,'} is`],
  ].find(([asked]) => asked)?.[1];
  if (missing) {
    throw new AwsError(
      'InvalidParameterException',
      `${missing} not available in the local AWS: use ValidationMethod DNS alone`,
    );
  }
}
