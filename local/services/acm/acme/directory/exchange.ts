import type { Acme } from '../acme.ts';
import type { AcmeAccount, AcmeEndpoint } from '../endpoint.ts';
import type { Signed } from './signed.ts';

/** A request of an ACME client to an endpoint, read and verified. */
export interface Exchange {
  acme: Acme;
  endpoint: AcmeEndpoint;
  signed: Signed;
  /** The id in the path. */
  id: string;
}

/** A request that an account signed. */
export interface AccountExchange extends Exchange {
  account: AcmeAccount;
}

export interface Answer {
  status: number;
  /** An object is sent as JSON, a text as it is. */
  body?: object | string;
  headers?: Record<string, string>;
}
