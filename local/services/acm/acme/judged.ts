import type { Tag } from '@aws-sdk/client-acm';
import type { Call, Judged, Operation } from '../../../wire/service.ts';
import type { Acm } from '../acm.ts';
import { tagConditions } from '../tags.ts';

/** What IAM judges a call about one ACME resource by: its ARN, with its own tags and those of the request. */
export function onAcme<Input extends object>(
  acm: Acm,
  arnOf: (input: Input) => string | undefined,
): Pick<Operation<Input>, 'resources'> {
  return {
    resources(input: Input, { region }: Call): Judged[] {
      const arn = arnOf(input) ?? '*';
      const keys = tagConditions((input as { Tags?: Tag[] }).Tags);
      for (const [key, value] of acm.endpoints.tagged(arn, region)?.tags ?? []) {
        keys[`aws:ResourceTag/${key}`] = [value];
      }
      return [{ arn, keys }];
    },
  };
}
