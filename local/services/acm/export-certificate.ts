import { createPrivateKey } from 'node:crypto';
import type { ExportCertificateRequest, ExportCertificateResponse } from '@aws-sdk/client-acm';
import { AwsError, type Operation } from '../../wire/service.ts';
import type { Acm } from './acm.ts';
import type { Certificate } from './certificate.ts';
import { onCertificate } from './on-certificate.ts';

// Source: ACM API Reference, "ExportCertificate", and ACM User Guide, "Export an AWS Certificate Manager public certificate": any ASCII
// character but three; checked 2026-11-30.
const NOT_IN_PASSPHRASES = /[#$%]/;

/** The certificate, its chain, and its private key under a passphrase: of one that was requested so, and was issued. */
export const exportCertificate = (acm: Acm): Operation<ExportCertificateRequest, ExportCertificateResponse> => ({
  ...onCertificate<ExportCertificateRequest>(acm, ({ CertificateArn = '' }) => {
    const [, , , region = ''] = CertificateArn.split(':');
    return { 'acm:DomainNames': acm.certificates.find(CertificateArn, region)?.names ?? [] };
  }),
  run({ CertificateArn, Passphrase }, call) {
    const passphrase = readPassphrase(Passphrase);
    const certificate = acm.certificates.get(CertificateArn, call);
    refuseUnexportable(certificate);
    const { arn, material, status } = certificate;
    if (status === 'PENDING_VALIDATION') {
      throw new AwsError('RequestInProgressException', `The certificate ${arn} has not been issued yet.`);
    }
    if (!material || status !== 'ISSUED') {
      throw new AwsError('ValidationException', `The certificate ${arn} can not be exported: it is ${status}.`);
    }
    certificate.exported = 'current';
    const key = createPrivateKey(material.privateKeyPem);
    return {
      Certificate: material.certificatePem,
      CertificateChain: material.chainPem,
      PrivateKey: key.export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase }).toString(),
    };
  },
});

/** ACM never gives the key of an imported one, of one that an ACME client has, or of one whose key was to stay. */
function refuseUnexportable({ arn, type, acme, options }: Certificate): void {
  if (type === 'AMAZON_ISSUED' && !acme && options.Export === 'ENABLED') return;
  throw new AwsError('ValidationException', `The certificate ${arn} is not an exportable certificate.`);
}

function readPassphrase(given: Uint8Array | undefined): string {
  const passphrase = Buffer.from(given ?? []);
  // ACM may take more than its guide says: what is told apart here is what the guide allows.
  if (passphrase.some((byte) => byte > 127) || NOT_IN_PASSPHRASES.test(passphrase.toString('latin1'))) {
    throw new AwsError(
      'ValidationException',
      "1 validation error detected: Value at 'passphrase' failed to satisfy constraint: Member must consist of ASCII characters other than #, $ and %",
    );
  }
  return passphrase.toString('latin1');
}
