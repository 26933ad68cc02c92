/** A certificate in the list that a listener serves by SNI. */
export interface Entry {
  listenerArn: string;
  certificateArn: string;
}

/** AWS has no name for it: the two ARNs, with a space between. */
export const entryId = ({ listenerArn, certificateArn }: Entry): string => `${listenerArn} ${certificateArn}`;

/** Undefined for what is no such id. */
export function entryOf(id: string): Entry | undefined {
  const [listenerArn, certificateArn] = id.split(' ');
  return listenerArn && certificateArn ? { listenerArn, certificateArn } : undefined;
}
