import type { ListFunctionsResponse } from '@aws-sdk/client-lambda';
import type { Nameplate } from './nameplate.ts';

/** The names of all functions of the stack, which are more than one answer holds. */
export async function deployedFunctions({ ask }: Pick<Nameplate, 'ask'>): Promise<string[]> {
  const names: string[] = [];
  let Marker: string | undefined;
  do {
    const page = await ask<ListFunctionsResponse>('lambda', 'ListFunctions', { ...(Marker && { Marker }) });
    names.push(...(page.Functions ?? []).map(({ FunctionName = '' }) => FunctionName));
    Marker = page.NextMarker;
  } while (Marker);
  return names;
}
