/** Which site owns a name: one site a name. The same is stored under every name above it, for a later claim of that one. */
export interface NameItem {
  name: string;
  /** The domain of the site that claims it. */
  domain: string;
  /** The tenant of that site; absent for the account's own. */
  tenant?: string;
  /** The request that claimed it last: only that one may give it back. */
  request: string;
  claimedAt: string;
}
