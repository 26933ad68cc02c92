import type { Operation } from '../../wire/service.ts';
import type { Dynamo } from './dynamo.ts';

/** TagResource, UntagResource and ListTagsOfResource. */
export function tagOperations({ ask }: Dynamo): Record<string, Operation> {
  const onArn = (operation: string): Operation<{ ResourceArn: string | undefined }> => ({
    resources: ({ ResourceArn = '*' }) => [ResourceArn],
    run: (input, call) => ask(operation, input, call),
  });
  return {
    TagResource: onArn('TagResource'),
    UntagResource: onArn('UntagResource'),
    ListTagsOfResource: onArn('ListTagsOfResource'),
  };
}
