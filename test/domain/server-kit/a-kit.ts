import { kitRequest, type TypedKit } from '../../../domain/server-kit/read-request.ts';
import { type KitFile, serverKit } from '../../../domain/server-kit/server-kit.ts';

export const MAC_KEY = 'txvweHF1-COvXAKNlGk-58SX6ZVzEaaXaBPrwNAKCTo';

/** What a person types for the shop. */
export const typedKit = (changes: Partial<TypedKit> = {}): TypedKit => ({
  domain: 'shop.example.com',
  acmeDirectory: 'https://acm-acme-enroll.us-east-1.api.aws/00000000-0000-0000-0000-000000000000/directory',
  eabKeyId: 'e06b7974-a684-4cc2-b4b1-1fd87ac81baa',
  eabMacKey: MAC_KEY,
  ...changes,
});

/** The problems of what was typed; none for a kit. */
export function problemsOf(changes: Partial<TypedKit>): string[] {
  const read = kitRequest(typedKit(changes));
  return 'problems' in read ? read.problems : [];
}

/** The files of a kit. */
export function aKit(changes: Partial<TypedKit> = {}): KitFile[] {
  const read = kitRequest(typedKit(changes));
  if ('problems' in read) throw new Error(read.problems.join('\n'));
  return serverKit(read.request);
}

export const fileOf = (files: KitFile[], name: string): string => files.find((one) => one.name === name)?.text ?? '';
