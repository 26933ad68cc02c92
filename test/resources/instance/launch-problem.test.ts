import { expect, test } from '@jest/globals';
import { launchProblem } from '../../../resources/instance/launch-problem.ts';

const launch = {
  type: 't4g.micro',
  image: 'al2023',
  diskGiB: 8,
  port: 80,
  healthPath: '/',
  key: 'mine',
  subnet: 'subnet-0000000a',
  access: [],
} as const;

const refused = (name: string) => Object.assign(new Error('AWS says so.'), { name });

test.each([
  ['InsufficientInstanceCapacity', 'Misconfigured', 'a "subnet" of another zone'],
  ['Unsupported', 'Misconfigured', 'does not offer t4g.micro'],
  ['VcpuLimitExceeded', 'QuotaReached', 'L-1216C47A'],
  ['InvalidKeyPair.NotFound', 'Misconfigured', 'the key pair "mine"'],
  ['InvalidParameterValue', 'Misconfigured', 'AWS says so. Mend the document, or create the instance profile'],
])('a launch that is refused with %s says what to do', (code, name, words) => {
  const problem = launchProblem(refused(code), { ...launch, access: [] });
  expect(problem).toMatchObject({ name, message: expect.stringContaining(words) });
});

test('any other error is left as it is', () => {
  const error = refused('InternalError');
  expect(launchProblem(error, { ...launch, access: [] })).toBe(error);
});
