import { generateKeyPairSync } from 'node:crypto';
import type { Authority } from '../../../local/certificates/authority.ts';
import {
  aCertificate,
  aFutureCertificate,
  anExpiredCertificate,
  aSelfSignedCertificate,
  blocks,
  inOrder,
  inWrongOrder,
  type ServerMaterial,
  withoutIntermediate,
} from '../certificates.ts';
import type { Kind } from './kinds.ts';

/** Who signs what the rack shows. */
export interface Issuers {
  /** Its root is trusted by who looks. */
  trusted: Authority;
  unknown: Authority;
}

type Make = (issuers: Issuers, name: string) => Promise<ServerMaterial>;

/** What each server of the rack shows for a name; those not listed show a good certificate. */
const MATERIAL: Partial<Record<Kind, Make>> = {
  expired: async ({ trusted }, name) => inOrder(await anExpiredCertificate(trusted, [name])),
  notYetValid: async ({ trusted }, name) => inOrder(await aFutureCertificate(trusted, [name])),
  selfSigned: (_, name) => aSelfSignedCertificate([name]),
  unknownIssuer: async ({ unknown }, name) => inOrder(await aCertificate(unknown, { names: [name] })),
  incompleteChain: async ({ trusted }, name) => withoutIntermediate(await aCertificate(trusted, { names: [name] })),
  wrongOrder: async ({ trusted }, name) => inWrongOrder(await aCertificate(trusted, { names: [name] })),
  wrongName: async ({ trusted }) => inOrder(await aCertificate(trusted, { names: ['another.example.test'] })),
  weakKey: async ({ trusted }, name) => {
    const keys = generateKeyPairSync('rsa', { modulusLength: 1024 });
    return inOrder(await aCertificate(trusted, { names: [name], keyAlgorithm: 'RSA_2048', keys }));
  },
  p521Key: async ({ trusted }, name) => {
    const keys = generateKeyPairSync('ec', { namedCurve: 'P-521' });
    return inOrder(await aCertificate(trusted, { names: [name], keys }));
  },
  leafTwice: async ({ trusted }, name) => {
    const { cert, key } = inOrder(await aCertificate(trusted, { names: [name] }));
    return { cert: `${blocks(cert)[0]}${cert}`, key };
  },
  strangerInChain: async ({ trusted, unknown }, name) => {
    const { cert, key } = inOrder(await aCertificate(trusted, { names: [name] }));
    return { cert: `${blocks(cert)[0]}${unknown.intermediatePem}${blocks(cert)[1]}`, key };
  },
  rsa2048: async ({ trusted }, name) =>
    inOrder(await aCertificate(trusted, { names: [name], keyAlgorithm: 'RSA_2048' })),
  wildcard: async ({ trusted }, name) => inOrder(await aCertificate(trusted, { names: [name.replace(/^[^.]+/, '*')] })),
  withRoot: async ({ trusted }, name) => {
    const issued = await aCertificate(trusted, { names: [name] });
    return { cert: issued.certificatePem + blocks(issued.chainPem).join(''), key: issued.privateKeyPem };
  },
};

const good: Make = async ({ trusted }, name) => inOrder(await aCertificate(trusted, { names: [name] }));

/** The certificates and the key of one server. */
export function materialOf(kind: Kind, issuers: Issuers, name: string): Promise<ServerMaterial> {
  return (MATERIAL[kind] ?? good)(issuers, name);
}
