import { DescribeManagedPrefixListsCommand, type EC2Client, type ManagedPrefixList } from '@aws-sdk/client-ec2';
import { weightOfList } from '../../domain/load-balancers/prefix-lists.ts';

/** A managed prefix list of the region. */
export interface PrefixList {
  /** "pl-3b927c52" */
  id: string;
  name: string;
  /** How many rules of a security group a reference to it counts as. */
  weight: number;
}

/** The prefix list of that name, which AWS owns; undefined where the region has none. */
export async function findPrefixList(ec2: EC2Client, name: string): Promise<PrefixList | undefined> {
  const Filters = [
    { Name: 'prefix-list-name', Values: [name] },
    { Name: 'owner-id', Values: ['AWS'] },
  ];
  const { PrefixLists = [] } = await ec2.send(new DescribeManagedPrefixListsCommand({ Filters }));
  return PrefixLists.map(prefixList)[0];
}

/** The prefix lists of these ids, at most 100. */
export async function readPrefixLists(ec2: EC2Client, ids: readonly string[]): Promise<PrefixList[]> {
  if (ids.length === 0) return [];
  const Filters = [{ Name: 'prefix-list-id', Values: [...ids] }];
  const { PrefixLists = [] } = await ec2.send(new DescribeManagedPrefixListsCommand({ Filters }));
  return PrefixLists.map(prefixList);
}

function prefixList({ PrefixListId = '', PrefixListName = '', MaxEntries }: ManagedPrefixList): PrefixList {
  return {
    id: PrefixListId,
    name: PrefixListName,
    weight: weightOfList({ name: PrefixListName, maxEntries: MaxEntries }),
  };
}
