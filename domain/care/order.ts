import type { AcmCertificate } from './watched-certificate.ts';

/** What the sweep has one site looked at with. */
export interface CareOrder {
  domain: string;
  /** What a listing has told of the certificates that name the site, as JSON has it. */
  listed?: readonly (Omit<AcmCertificate, 'validFrom' | 'validTo' | 'detail'> & {
    validFrom?: string;
    validTo?: string;
  })[];
}

/** What a listing has told, with its dates. */
export function readOrder({ listed = [] }: CareOrder): AcmCertificate[] {
  return listed.map(({ validFrom, validTo, ...certificate }) => ({
    ...certificate,
    ...(validFrom !== undefined && { validFrom: new Date(validFrom) }),
    ...(validTo !== undefined && { validTo: new Date(validTo) }),
  }));
}
