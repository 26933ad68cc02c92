import { isAtOrBelow } from '../zones/longest-match.ts';
import { howToTakeBack } from './life/advice.ts';

/** Who has a name: a site, and the tenant whose it is, if not the account's own. */
export interface Holder {
  name: string;
  domain: string;
  tenant?: string;
  /** Of an unproven claim: the record that proves the name to be the other's, "_x.shop.example.test TXT …". */
  proof?: string;
}

/** What kind of problem a holder is to whoever wants a name. */
export function kindOf(wanted: { name: string }, { name }: Holder): 'name-taken' | 'name-overlaps' {
  return name === wanted.name ? 'name-taken' : 'name-overlaps';
}

/** Why a name can't be claimed, with what to do. Of another tenant it says no more than that there is one. */
export function whyNotClaimed(wanted: { name: string; tenant?: string | undefined }, holder: Holder): string {
  const cannot = `Cannot claim "${wanted.name}"`;
  if (holder.proof !== undefined && holder.tenant !== wanted.tenant) {
    const what = holder.name === wanted.name ? 'it' : `"${holder.name}"`;
    return `${cannot}: another tenant has declared ${what} and not proven it; if the name is yours, enter ${holder.proof}, then declare it again`;
  }
  if (holder.name !== wanted.name) {
    const where = isAtOrBelow(wanted.name, holder.name)
      ? `it lies below "${holder.name}", which another tenant has`
      : `"${holder.name}" lies below it, and another tenant has that`;
    return `${cannot}: ${where}; choose a name apart from it`;
  }
  if (holder.tenant !== wanted.tenant) return `${cannot}: another tenant has it; choose another name`;
  if (holder.domain === wanted.name)
    return `${cannot}: it is the domain of another site; leave it out here, or take that site back (${howToTakeBack()})`;
  return `${cannot}: it belongs to the site "${holder.domain}"; take it out of the names of that site (PUT), or leave it out here`;
}
