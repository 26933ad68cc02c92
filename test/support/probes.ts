import { Unreachable } from '../../aws/probes/unreachable.ts';
import type { ServedCertificate } from '../../domain/probes/certificate.ts';
import type { Probes } from '../../resources/probes/probe-edge.ts';

/** A good certificate for 90 days from now. */
export function aServedCertificate(changes: Partial<ServedCertificate> = {}): ServedCertificate {
  const day = 86_400_000;
  return {
    names: ['shop.example.test', 'www.shop.example.test'],
    covers: true,
    issuer: 'CN=Amazon RSA 2048 M02',
    serialNumber: '01',
    validFrom: new Date(Date.now() - day),
    validTo: new Date(Date.now() + 90 * day),
    ...changes,
  };
}

/** Probes that see a site that is well, but for what is given; and remember where they looked. */
export function seeing(changes: Partial<Probes> = {}): { probes: Probes; looked: string[] } {
  const looked: string[] = [];
  const well: Probes = {
    secure: async () => ({ served: aServedCertificate(), page: { status: 200, body: 'Hello' } }),
    plain: async ({ name, port }) =>
      port === 80 ? { status: 301, location: `https://${name}:443/`, body: '' } : { status: 200, body: 'Hello' },
    ...changes,
  };
  return {
    looked,
    probes: {
      secure: (target) => {
        looked.push(`https ${target.address} ${target.name}${target.path}`);
        return well.secure(target);
      },
      plain: (target) => {
        looked.push(`http ${target.address}:${target.port} ${target.name}${target.path}`);
        return well.plain(target);
      },
    },
  };
}

/** A probe that gets no answer. */
export const silent = (failure: string) => async (): Promise<never> => {
  throw new Unreachable(failure, `Cannot reach it: ${failure}`);
};
