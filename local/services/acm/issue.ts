import { type IssuedKeyAlgorithm, makeKeyPair } from '../../certificates/key-pair.ts';
import type { Acm } from './acm.ts';
import type { Certificate } from './certificate.ts';
import { emitAvailable } from './events.ts';
import { readMaterial } from './material.ts';
import { beginsAt, validity } from './validity.ts';

/** Issues the certificate, or issues it anew for a renewal: a new key, a new serial number, the same ARN. */
export async function issue(acm: Acm, certificate: Certificate, action: 'ISSUANCE' | 'RENEWAL'): Promise<void> {
  const keyAlgorithm = certificate.keyAlgorithm as IssuedKeyAlgorithm;
  const keys = await (certificate.keys ?? makeKeyPair(keyAlgorithm));
  delete certificate.keys;
  const now = acm.host.clock.now();
  const issued = await acm.authority.issue({
    names: certificate.names,
    keyAlgorithm,
    keys,
    ...validity(now, acm.wallNow()),
  });
  if (certificate.timers.stopped) return;
  certificate.material = { ...readMaterial(issued), notBefore: beginsAt(now) };
  certificate.status = 'ISSUED';
  certificate.issuedAt = now;
  if (certificate.exported) certificate.exported = 'former';
  emitAvailable(acm, certificate, action);
}
