/** How a certificate is renewed, and how that stands. */
export const RENEWALS = ['automatic', 'running', 'failing', 'not-eligible', 'by-hand', 'by-server'] as const;

/** A certificate of a live site as the last look has found it, to be listed. */
export interface CertificateItem {
  /** "0123456789ab-shop.example.com" */
  id: string;
  domain: string;
  tenant?: string;
  /** Of one that ACM has. */
  arn?: string;
  region?: string;
  /** "edge": viewers see it. "origin": CloudFront sees it. "page": the distribution of the maintenance page has it. */
  place: 'edge' | 'origin' | 'page';
  names: string[];
  /** "AMAZON_ISSUED", "IMPORTED", "PRIVATE"; "SERVER" of one that only the server has. */
  type: string;
  /** ISO 8601 in UTC, as all of them. */
  validFrom: string;
  validTo: string;
  renewal: (typeof RENEWALS)[number];
  /** The addresses that serve it, under which name. Empty where nothing outside sees it. */
  servedAt: { name: string; address: string }[];
  seenAt: string;
}
