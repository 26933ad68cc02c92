import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { createPlan } from '../../../functions/plans/create-plan.ts';
import { Authority } from '../../../local/certificates/authority.ts';
import { aCertificate, aSelfSignedCertificate } from '../../support/certificates.ts';
import { useLedger } from '../../support/ledger.ts';
import { CERTIFICATE, document, PlannableAccount } from '../../support/plannable-account.ts';
import { domain } from '../../support/steps.ts';

useLedger();
const account = new PlannableAccount(createPlan);
beforeEach(() => account.reset());
afterEach(() => account.stop());

const names = [domain, `*.${domain}`];

/** What is wrong with the certificate that the document names. */
async function refusal(): Promise<string | undefined> {
  const { status, json } = await account.plan({ ...document, certificate: { arn: CERTIFICATE } });
  expect(status).toBe(422);
  const { errors } = json as unknown as { errors: { pointer: string; detail: string }[] };
  return errors.find(({ pointer }) => pointer === '#/certificate/arn')?.detail;
}

test('an imported certificate that no browser trusts is refused before anything costs', async () => {
  const { cert } = await aSelfSignedCertificate(names);
  account.importedIs({ certificatePem: cert, chainPem: '' });
  expect(await refusal()).toContain('no browser trusts it as it was imported (DEPTH_ZERO_SELF_SIGNED_CERT)');
});

test('an imported certificate without its intermediate, or of an unknown authority, is refused', async () => {
  const issued = await aCertificate(await Authority.create(), { names });
  account.importedIs({ ...issued, chainPem: '' });
  expect(await refusal()).toContain('(UNABLE_TO_VERIFY_LEAF_SIGNATURE)');
  account.importedIs(issued);
  expect(await refusal()).toMatch(/\((?:SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_GET_ISSUER_CERT_LOCALLY)\)/);
});
