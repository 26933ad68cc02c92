import type { Call, Operation } from '../../wire/service.ts';
import type { Acm } from './acm.ts';

interface Named {
  CertificateArn?: string | undefined;
  ResourceArn?: string | undefined;
}

/** What IAM judges a call about one certificate by: the certificate's ARN and its tags, beside the request's own keys. */
export function onCertificate<Input extends object>(
  acm: Acm,
  own: (input: Input) => Record<string, string[]> = () => ({}),
): Pick<Operation<Input>, 'resources' | 'conditions'> {
  const arn = (input: Named) => input.CertificateArn ?? input.ResourceArn ?? '*';
  return {
    resources: (input: Input) => [arn(input)],
    conditions(input: Input, { region }: Call) {
      const conditions = own(input);
      const named = acm.certificates.find(arn(input), region) ?? acm.endpoints.tagged(arn(input), region);
      for (const [key, value] of named?.tags ?? []) {
        conditions[`aws:ResourceTag/${key}`] = [value];
      }
      return conditions;
    },
  };
}
