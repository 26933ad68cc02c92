import type { ImportCertificateRequest, ImportCertificateResponse } from '@aws-sdk/client-acm';
import { AwsError, type Operation } from '../../wire/service.ts';
import type { Acm } from './acm.ts';
import type { Certificate } from './certificate.ts';
import { certificateArn } from './certificate-arn.ts';
import { emitAvailable } from './events.ts';
import { importedMaterial } from './imported-material.ts';
import { watch } from './lifetime.ts';
import type { Material } from './material.ts';
import { onCertificate } from './on-certificate.ts';
import { refuseOverQuota } from './quota-check.ts';
import { readTags, tagConditions } from './tags.ts';
import { Timers } from './timers.ts';

/** Takes in a certificate from elsewhere, or puts another in the place of one that was imported. */
export const importCertificate = (acm: Acm): Operation<ImportCertificateRequest, ImportCertificateResponse> => ({
  ...onCertificate<ImportCertificateRequest>(acm, ({ Tags }) => tagConditions(Tags)),
  // A new one has no id yet, and is a certificate all the same. Source: Service Authorization Reference, checked 2026-11-29.
  resources: ({ CertificateArn }, { region, account }) => [
    CertificateArn ?? `arn:aws:acm:${region}:${account}:certificate/*`,
  ],
  run(input, call) {
    const now = acm.host.clock.now();
    const material = importedMaterial(
      {
        certificatePem: text(input.Certificate),
        privateKeyPem: text(input.PrivateKey),
        chainPem: text(input.CertificateChain),
      },
      now,
    );
    const { keyAlgorithm } = material;
    if (!keyAlgorithm) throw new AwsError('ValidationException', 'The private key is not supported.');
    if (input.CertificateArn !== undefined) {
      if (input.Tags?.length) throw new AwsError('ValidationException', 'Tagging is not permitted on re-import.');
      const certificate = acm.certificates.get(input.CertificateArn, call);
      refuseReplacement(certificate, material);
      takeIn(acm, certificate, { material, now, action: 'REIMPORT' });
      return { CertificateArn: certificate.arn };
    }
    const tags = readTags(input.Tags);
    refuseOverQuota(acm, call.region);
    const certificate: Certificate = {
      arn: certificateArn(acm.host, call.region),
      region: call.region,
      type: 'IMPORTED',
      names: [],
      keyAlgorithm,
      status: 'ISSUED',
      createdAt: now,
      visibleAt: now,
      options: { CertificateTransparencyLoggingPreference: 'DISABLED', Export: 'DISABLED' },
      tags,
      validations: [],
      usedBy: new Set(),
      inUseBy: new Set(),
      timers: new Timers(acm.host.clock),
    };
    acm.certificates.add(certificate);
    takeIn(acm, certificate, { material, now, action: 'IMPORT' });
    return { CertificateArn: certificate.arn };
  },
});

const text = (bytes: Uint8Array | undefined): string => Buffer.from(bytes ?? []).toString('utf8');

/** What a certificate that takes another's place may not change: its kind, and usage extensions that weren't there. */
function refuseReplacement({ type, arn, material: old }: Certificate, material: Material): void {
  if (type !== 'IMPORTED') {
    throw new AwsError(
      'ValidationException',
      `Certificate ${arn} was not imported and can't be replaced by an import.`,
    );
  }
  if (old && old.keyAlgorithm !== material.keyAlgorithm) {
    throw new AwsError('ValidationException', 'The key algorithm of a certificate can not change on re-import.');
  }
  const added =
    (old?.keyUsages.length === 0 && material.keyUsages.length > 0) ||
    (old?.extendedKeyUsages.length === 0 && material.extendedKeyUsages.length > 0);
  if (added) {
    throw new AwsError(
      'ValidationException',
      'A KeyUsage or ExtendedKeyUsage extension that the previous certificate did not have can not be added on re-import.',
    );
  }
}

function takeIn(
  acm: Acm,
  certificate: Certificate,
  { material, now, action }: { material: Material; now: Date; action: 'IMPORT' | 'REIMPORT' },
): void {
  certificate.material = material;
  certificate.names = material.names.map((name) => name.toLowerCase());
  certificate.status = 'ISSUED';
  certificate.importedAt = now;
  emitAvailable(acm, certificate, action);
  watch(acm, certificate);
}
