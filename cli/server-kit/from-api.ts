import { kitRequest, type TypedKit } from '../../domain/server-kit/read-request.ts';
import type { Api } from '../api.ts';

/** Stands for credentials until the API has made them. */
const ANY = { acmeDirectory: 'https://example.com/directory', eabKeyId: 'key', eabMacKey: 'A'.repeat(43) };

/**
 * The kit of a site, with its names and with credentials that the API makes for it. What else is wrong is found before: credentials that
 * are made revoke those of before.
 *
 * @throws {ApiProblem} where the API refuses
 */
export async function fromApi(api: Api, typed: TypedKit): Promise<TypedKit> {
  if ('problems' in kitRequest({ ...typed, ...ANY })) return { ...typed, ...ANY };
  const { names, directory, keyId, macKey } = await api.serverCredentials(typed.domain);
  const [domain = typed.domain, ...aliases] = [...new Set([...names, ...(typed.aliases ?? [])])];
  return { ...typed, domain, aliases, acmeDirectory: directory, eabKeyId: keyId, eabMacKey: macKey };
}
