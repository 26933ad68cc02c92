import { GetChangeCommand, NoSuchChange, type Route53Client } from '@aws-sdk/client-route-53';

/** Whether all of Route 53's name servers answer with a change; undefined when Route 53 no longer knows it. */
export async function readChange(route53: Route53Client, id: string): Promise<'PENDING' | 'INSYNC' | undefined> {
  try {
    const { ChangeInfo } = await route53.send(new GetChangeCommand({ Id: id }));
    return ChangeInfo?.Status;
  } catch (error) {
    if (error instanceof NoSuchChange) return undefined;
    throw error;
  }
}
