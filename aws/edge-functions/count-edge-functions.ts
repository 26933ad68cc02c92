import { type CloudFrontClient, ListFunctionsCommand } from '@aws-sdk/client-cloudfront';

/** How many CloudFront functions the account has, published or not. */
export async function countEdgeFunctions(cloudFront: CloudFrontClient): Promise<number> {
  let count = 0;
  let Marker: string | undefined;
  do {
    const asked = new ListFunctionsCommand({ Stage: 'DEVELOPMENT', ...(Marker !== undefined && { Marker }) });
    const { FunctionList } = await cloudFront.send(asked);
    count += FunctionList?.Items?.length ?? 0;
    Marker = FunctionList?.NextMarker || undefined;
  } while (Marker !== undefined);
  return count;
}
